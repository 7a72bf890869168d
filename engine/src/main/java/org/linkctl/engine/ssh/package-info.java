/** SSH as the user's own OpenSSH configuration has it: settings, keys, agents, host keys, jump hosts, becoming root. */
@NullMarked
package org.linkctl.engine.ssh;

import org.jspecify.annotations.NullMarked;
