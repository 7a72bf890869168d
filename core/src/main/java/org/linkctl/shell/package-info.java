/** Words and steps for a host, as data; nothing here runs anything. */
@NullMarked
package org.linkctl.shell;

import org.jspecify.annotations.NullMarked;
