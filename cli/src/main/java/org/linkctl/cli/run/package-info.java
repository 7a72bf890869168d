/** Runs over hosts as commands need them: progress, passwords, secrets, confirmation, measurements. */
@NullMarked
package org.linkctl.cli.run;

import org.jspecify.annotations.NullMarked;
