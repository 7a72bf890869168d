/** The module {@code freebsd.carp}: addresses that a pair shares, by carp(4). */
@NullMarked
package org.linkctl.modules.freebsd.carp;

import org.jspecify.annotations.NullMarked;
