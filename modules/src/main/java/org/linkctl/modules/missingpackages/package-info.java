/** What {@code linkctl doctor} says of packages that are missing. */
@NullMarked
package org.linkctl.modules.missingpackages;

import org.jspecify.annotations.NullMarked;
