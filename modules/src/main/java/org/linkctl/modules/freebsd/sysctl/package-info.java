/** The module {@code freebsd.sysctl}: kernel parameters. */
@NullMarked
package org.linkctl.modules.freebsd.sysctl;

import org.jspecify.annotations.NullMarked;
