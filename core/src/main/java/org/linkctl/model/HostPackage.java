package org.linkctl.model;

import java.util.List;
import java.util.regex.Pattern;
import org.linkctl.diag.Place;

/** A package that a host has installed, by the name that its own package manager knows it by. */
public record HostPackage(String host, String name, Place at) implements HostIntent {
    /** deb-control(5), Package; RPM and pkg(8) have capitals and _ as well. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]{0,99}");

    @Override
    public String subject() {
        return "package " + name;
    }

    @Override
    public List<Wrong> wrong() {
        if (name.endsWith("-") && NAME.matcher(name).matches()) {
            String removes =
                    "a name without the - at its end, by which apt-get would remove the package (apt-get(8), install)";
            return List.of(new Wrong("name", name, "is no name of a package", removes));
        }
        if (NAME.matcher(name).matches()) return List.of();
        String right = "letters, digits and + . _ -, 100 at most, as the host's own package manager names it";
        return List.of(new Wrong("name", name, "is no name of a package", right));
    }
}
