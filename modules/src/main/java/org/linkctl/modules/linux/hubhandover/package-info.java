/** The module {@code linux.hub-handover}: a hub's interface on the two hosts of a pair. */
@NullMarked
package org.linkctl.modules.linux.hubhandover;

import org.jspecify.annotations.NullMarked;
