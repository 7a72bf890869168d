/** What is run when a host becomes master or backup of a vip, as both systems take it. */
@NullMarked
package org.linkctl.modules.vipactions;

import org.jspecify.annotations.NullMarked;
