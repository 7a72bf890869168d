/** SSH as the user's ssh_config(5) has it: options, keys, agents, host keys, jump hosts; and becoming root. */
@NullMarked
package org.linkctl.engine.ssh;

import org.jspecify.annotations.NullMarked;
