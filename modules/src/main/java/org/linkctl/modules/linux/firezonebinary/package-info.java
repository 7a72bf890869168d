/** The module {@code linux.firezone-binary}: the program of a Firezone gateway. */
@NullMarked
package org.linkctl.modules.linux.firezonebinary;

import org.jspecify.annotations.NullMarked;
