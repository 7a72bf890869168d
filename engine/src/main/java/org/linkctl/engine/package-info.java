/** What the parts of the engine and its callers share: connections, plans, outcomes, settings. Nothing here uses another package of the engine. */
@NullMarked
package org.linkctl.engine;

import org.jspecify.annotations.NullMarked;
