/** Addresses that a pair shares by carp(4): who is master, and what the master answers for. */
@NullMarked
package org.linkctl.modules.freebsd.vip;

import org.jspecify.annotations.NullMarked;
