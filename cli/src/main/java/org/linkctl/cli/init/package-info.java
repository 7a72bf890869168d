/** {@code linkctl init}: questions, and the first inventory that is made of their answers. */
@NullMarked
package org.linkctl.cli.init;

import org.jspecify.annotations.NullMarked;
