/** The module {@code freebsd.packages-undeclared}: packages that are declared no more. */
@NullMarked
package org.linkctl.modules.freebsd.packagesundeclared;

import org.jspecify.annotations.NullMarked;
