/** What services that the inventory declares have in common on all systems. */
@NullMarked
package org.linkctl.modules.hostservices;

import org.jspecify.annotations.NullMarked;
