/** The module {@code freebsd.timer}: commands that cron(8) runs at the times that the inventory declares. */
@NullMarked
package org.linkctl.modules.freebsd.timer;

import org.jspecify.annotations.NullMarked;
