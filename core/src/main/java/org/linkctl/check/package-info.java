/** What can be told to be wrong of a fabric before any host is contacted. Pure. */
@NullMarked
package org.linkctl.check;

import org.jspecify.annotations.NullMarked;
