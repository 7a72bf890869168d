/** The module {@code linux.hub-replies}: what a spoke is asked over its hub by whoever calls is answered over it. */
@NullMarked
package org.linkctl.modules.linux.hubreplies;

import org.jspecify.annotations.NullMarked;
