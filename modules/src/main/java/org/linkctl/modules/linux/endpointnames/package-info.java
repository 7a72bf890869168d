/** The module {@code linux.endpoint-names}: where a tunnel is silent, its host asks again what the far end's name stands for. */
@NullMarked
package org.linkctl.modules.linux.endpointnames;

import org.jspecify.annotations.NullMarked;
