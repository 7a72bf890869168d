/** The guard on each host: locks, records of runs, and the undo of a change that is not confirmed. */
@NullMarked
package org.linkctl.engine.guard;

import org.jspecify.annotations.NullMarked;
