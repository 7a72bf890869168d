/** What VLANs and bridges have in common: what is found of them, and how they go. */
@NullMarked
package org.linkctl.modules.linux.device;

import org.jspecify.annotations.NullMarked;
