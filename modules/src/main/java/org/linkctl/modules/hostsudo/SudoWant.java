package org.linkctl.modules.hostsudo;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Host;
import org.linkctl.model.HostUser;
import org.linkctl.model.Os;
import org.linkctl.modules.declared.DeclaredNeeds;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * A user who becomes root by sudo(8) without a password, or no longer.
 *
 * @param declared whether the inventory says so
 * @param known whether the inventory has the user at all
 * @param named the inventory has linkctl log in as this user
 */
record SudoWant(Os system, String name, boolean declared, boolean known, boolean named) implements Resource {
    static List<SudoWant> all(Scope scope) {
        return scope.fabric().of(HostUser.class, scope.host()).stream()
                .filter(HostUser::sudo)
                .map(user -> of(scope, user.name(), true))
                .toList();
    }

    static SudoWant gone(Scope scope, Owned owned) {
        return of(scope, owned.name(), false);
    }

    private static SudoWant of(Scope scope, String name, boolean declared) {
        Host host = scope.host();
        boolean known = scope.fabric().of(HostUser.class, host).stream()
                .anyMatch(user -> user.name().equals(name));
        return new SudoWant(
                host.os(), name, declared, known, name.equals(host.ssh().user()));
    }

    @Override
    public String id() {
        return (system == Os.LINUX ? "linux" : "freebsd") + ".sudo[" + name + "]";
    }

    @Override
    public Set<String> needs() {
        return declared ? Set.of(DeclaredNeeds.user(name), "package:sudo") : Set.of();
    }

    /** sudoers(5), Including other files: a name with a dot is not read. The port has its files below /usr/local (hier(7)). */
    String path() {
        return (system == Os.LINUX ? "/etc" : "/usr/local/etc") + "/sudoers.d/linkctl-" + name;
    }

    /** sudoers(5), User Specification. */
    @Nullable
    String text() {
        return declared ? OurFiles.MARK + "\n" + name + " ALL=(ALL:ALL) NOPASSWD: ALL\n" : null;
    }

    Question.ReadFile file() {
        return Question.file(path());
    }

    /** What sudo makes of all of its files (sudo(8), -l and -U). */
    Question.Command listed() {
        return Question.command("sudo", "-n", "-l", "-U", name);
    }
}
