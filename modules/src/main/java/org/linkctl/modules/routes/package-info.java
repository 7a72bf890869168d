/**
 * What modules of both systems know of routes: those over tunnels, with their program, marks and watcher; those by a site's
 * gateway; and those that go with an interface or an address.
 */
@NullMarked
package org.linkctl.modules.routes;

import org.jspecify.annotations.NullMarked;
