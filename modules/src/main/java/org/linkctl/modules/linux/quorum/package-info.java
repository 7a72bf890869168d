/** The module {@code linux.quorum}: a host of a pair serves while it sees the other one, or has the vote of the witness. */
@NullMarked
package org.linkctl.modules.linux.quorum;

import org.jspecify.annotations.NullMarked;
