/** What pkg(8) tells of packages. */
@NullMarked
package org.linkctl.modules.freebsd.pkg;

import org.jspecify.annotations.NullMarked;
