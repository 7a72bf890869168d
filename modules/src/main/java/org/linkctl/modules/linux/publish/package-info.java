/** The module {@code linux.publish}: connections to a hub's host that go to spokes of the hub. */
@NullMarked
package org.linkctl.modules.linux.publish;

import org.jspecify.annotations.NullMarked;
