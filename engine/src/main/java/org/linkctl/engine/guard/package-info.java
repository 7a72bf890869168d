/** What keeps a change from locking anybody out: on each host a guard that undoes it unless it is confirmed. */
@NullMarked
package org.linkctl.engine.guard;

import org.jspecify.annotations.NullMarked;
