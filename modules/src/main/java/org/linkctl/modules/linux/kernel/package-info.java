/** Links and routes as the kernel tells them by ip(8). */
@NullMarked
package org.linkctl.modules.linux.kernel;

import org.jspecify.annotations.NullMarked;
