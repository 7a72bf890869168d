/** The module {@code linux.foreign-filter}: somebody else's packet filter rules that stop what is declared. */
@NullMarked
package org.linkctl.modules.linux.foreignfilter;

import org.jspecify.annotations.NullMarked;
