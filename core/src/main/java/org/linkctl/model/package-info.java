/** What the operator asked for. Immutable; no I/O. */
@NullMarked
package org.linkctl.model;

import org.jspecify.annotations.NullMarked;
