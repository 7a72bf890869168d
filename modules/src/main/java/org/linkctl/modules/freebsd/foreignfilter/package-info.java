/** The module {@code freebsd.foreign-filter}: somebody else's packet filter rules that stop what is declared. */
@NullMarked
package org.linkctl.modules.freebsd.foreignfilter;

import org.jspecify.annotations.NullMarked;
