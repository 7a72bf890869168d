/** Everything linkctl would put on hosts on which nothing is configured yet, nobody contacted. */
@NullMarked
package org.linkctl.cli.bare;

import org.jspecify.annotations.NullMarked;
