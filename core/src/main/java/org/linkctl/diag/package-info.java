/** What is wrong with an input, as values: place, summary, detail, suggestion. */
@NullMarked
package org.linkctl.diag;

import org.jspecify.annotations.NullMarked;
