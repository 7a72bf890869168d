/** What pf runs with, as pfctl(8) tells it, and what has to follow when rules are loaded. */
@NullMarked
package org.linkctl.modules.freebsd.pfload;

import org.jspecify.annotations.NullMarked;
