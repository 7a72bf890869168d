/**
 * The language: from an inventory file to a fabric, or to everything that is wrong with the file. This package is all
 * that callers use. Its rooms, from the top to the bottom, each knowing only those below it: {@code check} and
 * {@code read}, {@code syntax}, {@code purity}, {@code words}, {@code data}, {@code report}, {@code source}.
 */
@NullMarked
package org.linkctl.dsl;

import org.jspecify.annotations.NullMarked;
