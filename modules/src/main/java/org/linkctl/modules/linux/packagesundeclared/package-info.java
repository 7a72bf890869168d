/** The module {@code linux.packages-undeclared}: packages that are declared no more. */
@NullMarked
package org.linkctl.modules.linux.packagesundeclared;

import org.jspecify.annotations.NullMarked;
