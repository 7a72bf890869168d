/** Where the secrets that an inventory names are looked up. */
@NullMarked
package org.linkctl.cli.secrets;

import org.jspecify.annotations.NullMarked;
