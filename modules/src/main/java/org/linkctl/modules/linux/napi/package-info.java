/** The module {@code linux.napi}: how received packets are spread over processors. */
@NullMarked
package org.linkctl.modules.linux.napi;

import org.jspecify.annotations.NullMarked;
