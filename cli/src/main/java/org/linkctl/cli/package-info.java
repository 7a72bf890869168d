/** The command: arguments in, text and an exit code out. */
@NullMarked
package org.linkctl.cli;

import org.jspecify.annotations.NullMarked;
