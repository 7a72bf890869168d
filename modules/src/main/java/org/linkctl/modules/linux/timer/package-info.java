/** The module {@code linux.timer}: commands that systemd runs at the times that the inventory declares. */
@NullMarked
package org.linkctl.modules.linux.timer;

import org.jspecify.annotations.NullMarked;
