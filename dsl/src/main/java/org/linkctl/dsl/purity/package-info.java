/**
 * What an inventory may call: an inventory is a pure function of its files. The list of allowed types and methods, the
 * check of the calls that the type checker resolved, and the check of the bytecode that was compiled.
 */
@NullMarked
package org.linkctl.dsl.purity;

import org.jspecify.annotations.NullMarked;
