/** Carries a plan to hosts and back: connections, probes, steps, outcomes. The only part that has effects. */
@NullMarked
package org.linkctl.engine;

import org.jspecify.annotations.NullMarked;
