/** Everything linkctl would put on hosts on which nothing is configured yet, worked out offline. */
@NullMarked
package org.linkctl.cli.bare;

import org.jspecify.annotations.NullMarked;
