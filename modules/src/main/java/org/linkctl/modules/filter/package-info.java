/** What packet filters that linkctl did not write do with its traffic. */
@NullMarked
package org.linkctl.modules.filter;

import org.jspecify.annotations.NullMarked;
