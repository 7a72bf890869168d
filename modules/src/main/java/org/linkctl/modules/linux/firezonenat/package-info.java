/** The module {@code linux.firezone-nat}: clients of a Firezone gateway appear with the host's own address. */
@NullMarked
package org.linkctl.modules.linux.firezonenat;

import org.jspecify.annotations.NullMarked;
