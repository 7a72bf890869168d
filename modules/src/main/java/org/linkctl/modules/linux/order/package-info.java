/** The names by which resources of one module say that they need another's. */
@NullMarked
package org.linkctl.modules.linux.order;

import org.jspecify.annotations.NullMarked;
