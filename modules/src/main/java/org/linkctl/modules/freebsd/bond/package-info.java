/** The module {@code freebsd.bond}: bonds, by lagg(4). */
@NullMarked
package org.linkctl.modules.freebsd.bond;

import org.jspecify.annotations.NullMarked;
