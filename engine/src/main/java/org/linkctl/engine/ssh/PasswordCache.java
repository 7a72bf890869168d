package org.linkctl.engine.ssh;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.linkctl.engine.PasswordSource;
import org.linkctl.shell.Secret;

/** Asks for each password once in a run, one at a time, and keeps it in memory only. */
final class PasswordCache {
    private final PasswordSource source;
    private final Map<String, Optional<Secret>> asked = new HashMap<>();

    PasswordCache(PasswordSource source) {
        this.source = source;
    }

    synchronized Optional<Secret> of(String what) {
        Optional<Secret> known = asked.get(what);
        if (known != null) return known;
        Optional<Secret> said = source.ask(what);
        asked.put(what, said);
        return said;
    }
}
