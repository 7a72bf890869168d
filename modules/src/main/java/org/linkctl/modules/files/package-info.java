/** What the files that linkctl makes have in common on both systems. */
@NullMarked
package org.linkctl.modules.files;

import org.jspecify.annotations.NullMarked;
