/** Questions and steps as one POSIX sh script, and the strict reading of what comes back. */
@NullMarked
package org.linkctl.engine.script;

import org.jspecify.annotations.NullMarked;
