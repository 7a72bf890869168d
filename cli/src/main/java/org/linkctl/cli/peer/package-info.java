/** What an end that linkctl does not log in to has to be given. */
@NullMarked
package org.linkctl.cli.peer;

import org.jspecify.annotations.NullMarked;
