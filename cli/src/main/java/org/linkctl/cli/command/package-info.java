/** One class a subcommand, and the options they share: they ask the other parts and show what comes back. */
@NullMarked
package org.linkctl.cli.command;

import org.jspecify.annotations.NullMarked;
