/** Routes that go with an interface or an address, and the connection that linkctl itself came by: what both systems' modules warn of. */
@NullMarked
package org.linkctl.modules.routes;

import org.jspecify.annotations.NullMarked;
