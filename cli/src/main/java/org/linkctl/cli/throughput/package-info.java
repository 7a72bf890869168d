/** How much a route carries, by which tunnels and bond members, against one tunnel alone. */
@NullMarked
package org.linkctl.cli.throughput;

import org.jspecify.annotations.NullMarked;
