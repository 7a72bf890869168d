/** The subcommands, one class each, and the root command. */
@NullMarked
package org.linkctl.cli.command;

import org.jspecify.annotations.NullMarked;
