/** The module {@code linux.sshd}: how sshd lets users in. */
@NullMarked
package org.linkctl.modules.linux.sshd;

import org.jspecify.annotations.NullMarked;
