/** What {@code linkctl doctor} says of the system of a host: its name and release, and room on its disk. */
@NullMarked
package org.linkctl.modules.hostsystem;

import org.jspecify.annotations.NullMarked;
