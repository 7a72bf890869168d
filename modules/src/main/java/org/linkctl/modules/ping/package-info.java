/** Pings of a given size, as Linux and FreeBSD have them, and what they say. */
@NullMarked
package org.linkctl.modules.ping;

import org.jspecify.annotations.NullMarked;
