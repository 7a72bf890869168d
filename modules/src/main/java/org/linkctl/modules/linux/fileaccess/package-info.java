/** The module {@code linux.file-access}: the access rights of files that linkctl made. */
@NullMarked
package org.linkctl.modules.linux.fileaccess;

import org.jspecify.annotations.NullMarked;
