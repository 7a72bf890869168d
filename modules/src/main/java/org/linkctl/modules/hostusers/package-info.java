/** Users that the inventory declares, alike on all systems. */
@NullMarked
package org.linkctl.modules.hostusers;

import org.jspecify.annotations.NullMarked;
