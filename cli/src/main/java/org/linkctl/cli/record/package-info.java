/** What a run leaves on this machine: its record and its log. */
@NullMarked
package org.linkctl.cli.record;

import org.jspecify.annotations.NullMarked;
