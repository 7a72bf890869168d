/** The module {@code freebsd.sshd}: how sshd lets users in. */
@NullMarked
package org.linkctl.modules.freebsd.sshd;

import org.jspecify.annotations.NullMarked;
