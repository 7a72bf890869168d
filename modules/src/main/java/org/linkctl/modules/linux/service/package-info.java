/** The module {@code linux.service}: services that others made, as the inventory declares them. */
@NullMarked
package org.linkctl.modules.linux.service;

import org.jspecify.annotations.NullMarked;
