/**
 * After the script ran: the checks of the fabric (package {@code org.linkctl.check} of core), each refusal reported at
 * the value that the user wrote, and for a group of tunnels once for the group.
 */
@NullMarked
package org.linkctl.dsl.check;

import org.jspecify.annotations.NullMarked;
