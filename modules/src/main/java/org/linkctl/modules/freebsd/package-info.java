/** What linkctl configures on FreeBSD. */
@NullMarked
package org.linkctl.modules.freebsd;

import org.jspecify.annotations.NullMarked;
