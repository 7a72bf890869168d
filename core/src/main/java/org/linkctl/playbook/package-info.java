/** A procedure over the hosts of an inventory, as data: its steps, in order, before any of them has been done. */
@NullMarked
package org.linkctl.playbook;

import org.jspecify.annotations.NullMarked;
