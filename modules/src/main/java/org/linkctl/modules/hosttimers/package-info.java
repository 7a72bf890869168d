/** What timers that the inventory declares have in common on all systems. */
@NullMarked
package org.linkctl.modules.hosttimers;

import org.jspecify.annotations.NullMarked;
