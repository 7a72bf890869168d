/** From a fabric and the modules to what each host should hold, in order. */
@NullMarked
package org.linkctl.plan;

import org.jspecify.annotations.NullMarked;
