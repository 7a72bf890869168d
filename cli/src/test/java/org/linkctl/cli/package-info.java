/** The command's own tests, and the rules between the parts. */
@NullMarked
package org.linkctl.cli;

import org.jspecify.annotations.NullMarked;
