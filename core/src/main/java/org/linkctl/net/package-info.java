/** Addresses and prefixes, behind our own small types. */
@NullMarked
package org.linkctl.net;

import org.jspecify.annotations.NullMarked;
