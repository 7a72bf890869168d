/** Where linkctl's own programs and services lie on a FreeBSD host. */
@NullMarked
package org.linkctl.modules.freebsd.files;

import org.jspecify.annotations.NullMarked;
