/** The module {@code freebsd.sudo}: users who become root without a password. */
@NullMarked
package org.linkctl.modules.freebsd.sudo;

import org.jspecify.annotations.NullMarked;
