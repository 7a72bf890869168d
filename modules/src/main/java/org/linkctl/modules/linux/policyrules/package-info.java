/** The module {@code linux.policy-rules}: rules by which some packets go by routing tables of their own. */
@NullMarked
package org.linkctl.modules.linux.policyrules;

import org.jspecify.annotations.NullMarked;
