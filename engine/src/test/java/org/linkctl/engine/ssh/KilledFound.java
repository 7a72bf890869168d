package org.linkctl.engine.ssh;

import java.util.Map;

/** A folder's files and what they hold. (A record for a Groovy class's type parameters has to be Java.) */
public record KilledFound(Map<String, String> files) {}
