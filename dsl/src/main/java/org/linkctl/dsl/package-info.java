/** The language: from an inventory file to a fabric, or to everything that is wrong with it. */
@NullMarked
package org.linkctl.dsl;

import org.jspecify.annotations.NullMarked;
