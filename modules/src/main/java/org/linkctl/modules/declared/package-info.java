/** How the things that the inventory declares of a host hang together: packages, users, files, services. */
@NullMarked
package org.linkctl.modules.declared;

import org.jspecify.annotations.NullMarked;
