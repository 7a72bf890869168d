/** Where the program of a Firezone gateway is. */
@NullMarked
package org.linkctl.modules.linux.firezonefiles;

import org.jspecify.annotations.NullMarked;
