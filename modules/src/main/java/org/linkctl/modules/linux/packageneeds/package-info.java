/** Which packages the modules' commands come from. */
@NullMarked
package org.linkctl.modules.linux.packageneeds;

import org.jspecify.annotations.NullMarked;
