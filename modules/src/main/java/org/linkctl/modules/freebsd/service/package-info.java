/** The module {@code freebsd.service}: services that others made, as the inventory declares them. */
@NullMarked
package org.linkctl.modules.freebsd.service;

import org.jspecify.annotations.NullMarked;
