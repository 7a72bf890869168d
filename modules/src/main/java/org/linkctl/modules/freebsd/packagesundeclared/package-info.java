/** The module {@code freebsd.packages-undeclared}: packages that are no longer declared. */
@NullMarked
package org.linkctl.modules.freebsd.packagesundeclared;

import org.jspecify.annotations.NullMarked;
