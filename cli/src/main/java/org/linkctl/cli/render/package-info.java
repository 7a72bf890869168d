/** The command render: every file and command for hosts on which nothing is configured yet, worked out offline. */
@NullMarked
package org.linkctl.cli.render;

import org.jspecify.annotations.NullMarked;
