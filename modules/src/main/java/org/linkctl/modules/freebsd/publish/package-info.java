/** The module {@code freebsd.publish}: which targets of a published service are alive. */
@NullMarked
package org.linkctl.modules.freebsd.publish;

import org.jspecify.annotations.NullMarked;
