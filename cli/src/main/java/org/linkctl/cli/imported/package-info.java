/** Makes an inventory of what hosts have. */
@NullMarked
package org.linkctl.cli.imported;

import org.jspecify.annotations.NullMarked;
