/** Files that the inventory declares with their text, alike on all systems. */
@NullMarked
package org.linkctl.modules.hostfiles;

import org.jspecify.annotations.NullMarked;
