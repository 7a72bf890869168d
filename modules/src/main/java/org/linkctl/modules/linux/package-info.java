/** What linkctl can configure on Linux: a package for each module, named as the module is, and the packages that several of them share. */
@NullMarked
package org.linkctl.modules.linux;

import org.jspecify.annotations.NullMarked;
