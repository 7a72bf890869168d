/** Names of kernel parameters, and the files that set them at boot (sysctl.d(5)). */
@NullMarked
package org.linkctl.modules.linux.parameters;

import org.jspecify.annotations.NullMarked;
