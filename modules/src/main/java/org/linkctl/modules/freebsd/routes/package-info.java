/** Ways to a prefix in the words of route(8), wanted against found. */
@NullMarked
package org.linkctl.modules.freebsd.routes;

import org.jspecify.annotations.NullMarked;
