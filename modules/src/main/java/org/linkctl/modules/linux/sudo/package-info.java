/** The module {@code linux.sudo}: users who become root without a password. */
@NullMarked
package org.linkctl.modules.linux.sudo;

import org.jspecify.annotations.NullMarked;
