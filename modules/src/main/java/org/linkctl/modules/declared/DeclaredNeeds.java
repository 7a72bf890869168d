package org.linkctl.modules.declared;

import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.spi.Scope;

/** The names by which resources of declared things need each other. */
public final class DeclaredNeeds {
    private DeclaredNeeds() {}

    public static String file(String path) {
        return "file:" + path;
    }

    public static String user(String name) {
        return "user:" + name;
    }

    /** All declared packages of the host: which of them makes a folder, a user or a service is not known. */
    public static Set<String> packages(Scope scope) {
        return DeclaredPackages.names(scope).stream()
                .map(name -> "package:" + name)
                .collect(Collectors.toSet());
    }
}
