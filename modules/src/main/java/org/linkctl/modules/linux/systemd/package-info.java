/** What systemd says of a unit. */
@NullMarked
package org.linkctl.modules.linux.systemd;

import org.jspecify.annotations.NullMarked;
