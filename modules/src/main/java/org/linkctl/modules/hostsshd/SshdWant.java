package org.linkctl.modules.hostsshd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.HostSshd;
import org.linkctl.model.HostUser;
import org.linkctl.model.Os;
import org.linkctl.modules.declared.DeclaredNeeds;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * How sshd shall let users in.
 *
 * @param declared null: linkctl says nothing any more
 * @param user whom linkctl logs in as, where the inventory says it
 * @param groups that this run puts users into, by user
 */
record SshdWant(
        Os system,
        @Nullable HostSshd declared,
        @Nullable String user,
        Map<String, List<String>> groups,
        Set<String> needs)
        implements Resource {
    SshdWant {
        groups = Map.copyOf(groups);
        needs = Set.copyOf(needs);
    }

    static List<SshdWant> all(Scope scope) {
        List<HostUser> users = scope.fabric().of(HostUser.class, scope.host());
        // Whoever is let in is there before, with the groups.
        Set<String> needs =
                users.stream().map(user -> DeclaredNeeds.user(user.name())).collect(Collectors.toSet());
        Map<String, List<String>> groups = groups(users);
        return scope.fabric().of(HostSshd.class, scope.host()).stream()
                .map(sshd ->
                        new SshdWant(scope.host().os(), sshd, scope.host().ssh().user(), groups, needs))
                .toList();
    }

    static SshdWant gone(Scope scope) {
        List<HostUser> users = scope.fabric().of(HostUser.class, scope.host());
        return new SshdWant(scope.host().os(), null, null, groups(users), Set.of());
    }

    private static Map<String, List<String>> groups(List<HostUser> users) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (HostUser user : users) groups.put(user.name(), user.groups());
        return groups;
    }

    @Override
    public String id() {
        return (system == Os.LINUX ? "linux" : "freebsd") + ".sshd";
    }

    @Override
    public Set<String> provides() {
        return Set.of("sshd");
    }

    /** The lines of sshd_config(5): keyword and values. */
    List<String> lines() {
        List<String> out = new ArrayList<>();
        HostSshd sshd = declared;
        if (sshd == null) return out;
        if (sshd.passwordLogin() != null) out.add("PasswordAuthentication " + (sshd.passwordLogin() ? "yes" : "no"));
        // By PAM a password is asked for that way, too.
        if (Boolean.FALSE.equals(sshd.passwordLogin())) out.add("KbdInteractiveAuthentication no");
        if (sshd.rootLogin() != null)
            out.add("PermitRootLogin " + (sshd.rootLogin() == HostSshd.RootLogin.NO ? "no" : "prohibit-password"));
        if (!sshd.allowUsers().isEmpty()) out.add("AllowUsers " + String.join(" ", new TreeSet<>(sshd.allowUsers())));
        if (!sshd.allowGroups().isEmpty())
            out.add("AllowGroups " + String.join(" ", new TreeSet<>(sshd.allowGroups())));
        if (sshd.maxAuthTries() != null) out.add("MaxAuthTries " + sshd.maxAuthTries());
        return out;
    }

    /** What {@code sshd -T} shall print: values by keyword, in small letters. */
    Map<String, Set<String>> effective() {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        for (String line : lines()) {
            List<String> words = SshdFiles.words(line);
            out.put(words.getFirst(), values(words));
        }
        return out;
    }

    /** The values behind a keyword; a value that has two names by the one that {@code sshd -T} prints. */
    static Set<String> values(List<String> words) {
        return words.stream()
                .skip(1)
                .map(value -> value.equals("prohibit-password") ? "without-password" : value)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether the values of several lines count together. */
    static boolean adds(String keyword) {
        return keyword.equals("allowusers") || keyword.equals("allowgroups");
    }
}
