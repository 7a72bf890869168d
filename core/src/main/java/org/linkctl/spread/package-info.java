/** Which bond member a tunnel leaves by, and ports that use all of them. */
@NullMarked
package org.linkctl.spread;

import org.jspecify.annotations.NullMarked;
