/** What is published at a host, as both systems take it: which addresses are called, and who is asked how. */
@NullMarked
package org.linkctl.modules.publishing;

import org.jspecify.annotations.NullMarked;
