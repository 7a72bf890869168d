/** Questions and steps as POSIX sh scripts, and the strict reading of the replies. */
@NullMarked
package org.linkctl.engine.script;

import org.jspecify.annotations.NullMarked;
