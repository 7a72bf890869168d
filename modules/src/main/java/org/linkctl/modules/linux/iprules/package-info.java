/** Rules by which packets go by routing tables of their own. */
@NullMarked
package org.linkctl.modules.linux.iprules;

import org.jspecify.annotations.NullMarked;
