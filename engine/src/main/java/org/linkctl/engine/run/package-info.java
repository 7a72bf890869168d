/** A run over many hosts: look, decide, carry out, look again. Knows connections, not how they are made. */
@NullMarked
package org.linkctl.engine.run;

import org.jspecify.annotations.NullMarked;
