/** The module {@code linux.sysctl}: kernel parameters. */
@NullMarked
package org.linkctl.modules.linux.sysctl;

import org.jspecify.annotations.NullMarked;
