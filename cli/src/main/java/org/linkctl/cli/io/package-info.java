/** The standard streams, the user's own folders, files that only their owner can read, and git. */
@NullMarked
package org.linkctl.cli.io;

import org.jspecify.annotations.NullMarked;
