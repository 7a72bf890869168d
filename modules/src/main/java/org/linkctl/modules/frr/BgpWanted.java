package org.linkctl.modules.frr;

import org.linkctl.spi.Resource;

/** A host's part in BGP, or that it takes none any more. */
public sealed interface BgpWanted extends Resource permits BgpWant, BgpGone {}
