/** Users who become root, alike on all systems. */
@NullMarked
package org.linkctl.modules.hostsudo;

import org.jspecify.annotations.NullMarked;
