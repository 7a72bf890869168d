/**
 * The other files of the folder of an inventory: finding them without leaving the folder, and reading CSV (RFC 4180)
 * and JSON (RFC 8259) files for the words {@code csv} and {@code json}.
 */
@NullMarked
package org.linkctl.dsl.data;

import org.jspecify.annotations.NullMarked;
