/**
 * What is said about an inventory: the collector of diagnostics, the exception that carries one, how values are shown
 * in messages, and which parts could not be read, so that errors that only follow from an earlier one are not reported.
 */
@NullMarked
package org.linkctl.dsl.report;

import org.jspecify.annotations.NullMarked;
