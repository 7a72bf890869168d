/** The module {@code linux.packages-undeclared}: packages that are no longer declared. */
@NullMarked
package org.linkctl.modules.linux.packagesundeclared;

import org.jspecify.annotations.NullMarked;
