/** What the two hosts of a pair have between them, alike on all systems. */
@NullMarked
package org.linkctl.modules.pairs;

import org.jspecify.annotations.NullMarked;
