package org.linkctl.modules.linux.sysctl;

import java.util.List;
import java.util.Set;

/** Nothing of ours sets anything but these. */
record SysctlRest(Set<String> files) implements SysctlModule.Wanted {
    private static final List<String> PREFIXES = List.of("/etc/sysctl.d/99-zz-linkctl-", "/etc/sysctl.d/00-linkctl-");

    @Override
    public String id() {
        return "linux.sysctl[undeclared]";
    }

    @Override
    public boolean stray() {
        return true;
    }

    /** What was found out on the host, not asked for, stays with what it was found for. */
    boolean leaves(String file) {
        return !isOurs(file) || files.contains(file) || file.endsWith(SysctlRouters.SUFFIX);
    }

    static boolean isOurs(String file) {
        return PREFIXES.stream().anyMatch(file::startsWith);
    }
}
