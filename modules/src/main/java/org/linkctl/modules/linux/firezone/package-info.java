/** The module {@code linux.firezone}: the service of a Firezone gateway. */
@NullMarked
package org.linkctl.modules.linux.firezone;

import org.jspecify.annotations.NullMarked;
