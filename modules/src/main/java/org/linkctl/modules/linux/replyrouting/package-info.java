/** By which way answers leave: routing tables, the rules that lead to them, and the marks that these go by. */
@NullMarked
package org.linkctl.modules.linux.replyrouting;

import org.jspecify.annotations.NullMarked;
