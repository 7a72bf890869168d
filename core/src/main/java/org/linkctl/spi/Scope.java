package org.linkctl.spi;

import org.linkctl.model.Fabric;
import org.linkctl.model.Host;

/** What a module looks at to say what it wants: the whole fabric, the host in question, what other hosts told. */
public record Scope(Fabric fabric, Host host, Published published) {}
