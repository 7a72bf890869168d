/** What linkctl can configure, one file for each thing, and nothing that touches the world. */
@NullMarked
package org.linkctl.modules;

import org.jspecify.annotations.NullMarked;
