/** What is spread over next hops, as both systems take it. */
@NullMarked
package org.linkctl.modules.balancing;

import org.jspecify.annotations.NullMarked;
