/** What linkctl can configure on Linux, one file for each thing, and the few questions that several of them ask. */
@NullMarked
package org.linkctl.modules.linux;

import org.jspecify.annotations.NullMarked;
