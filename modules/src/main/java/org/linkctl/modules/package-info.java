/** What linkctl can configure: a package for each module of a system, the packages that they share, and nothing that touches the world. */
@NullMarked
package org.linkctl.modules;

import org.jspecify.annotations.NullMarked;
