/** The contract that every module keeps, and the cases it is checked with. */
@NullMarked
package org.linkctl.modules;

import org.jspecify.annotations.NullMarked;
