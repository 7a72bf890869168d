/** The shell programs that modules put on hosts lie beside their modules, as files. */
@NullMarked
package org.linkctl.modules.shellfile;

import org.jspecify.annotations.NullMarked;
