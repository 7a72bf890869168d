/** The module {@code linux.witness}: a third host that says which one of a pair may serve. */
@NullMarked
package org.linkctl.modules.linux.witness;

import org.jspecify.annotations.NullMarked;
