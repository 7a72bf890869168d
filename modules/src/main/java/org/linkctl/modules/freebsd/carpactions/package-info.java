/** The module {@code freebsd.carp-actions}: what a host does when it becomes master or backup. */
@NullMarked
package org.linkctl.modules.freebsd.carpactions;

import org.jspecify.annotations.NullMarked;
