/** Where linkctl's own programs lie on a Linux host. */
@NullMarked
package org.linkctl.modules.linux.files;

import org.jspecify.annotations.NullMarked;
