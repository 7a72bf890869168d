/** What a run says, as text and as data: pure, from outcomes to strings. */
@NullMarked
package org.linkctl.cli.show;

import org.jspecify.annotations.NullMarked;
