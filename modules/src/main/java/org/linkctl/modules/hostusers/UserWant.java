package org.linkctl.modules.hostusers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.model.HostUser;
import org.linkctl.model.Os;
import org.linkctl.modules.declared.DeclaredNeeds;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * A user.
 *
 * @param named the inventory names this one as the login
 * @param gone what linkctl made of it shall be gone
 */
record UserWant(
        Os system, String name, List<String> keys, Set<String> groups, boolean named, boolean gone, Set<String> needs)
        implements Resource {
    UserWant {
        keys = List.copyOf(keys);
        groups = Set.copyOf(groups);
        needs = Set.copyOf(needs);
    }

    static List<UserWant> all(Scope scope) {
        Set<String> packages = DeclaredNeeds.packages(scope);
        return scope.fabric().of(HostUser.class, scope.host()).stream()
                .map(user -> new UserWant(
                        scope.host().os(),
                        user.name(),
                        user.keys(),
                        new LinkedHashSet<>(user.groups()),
                        isNamed(scope, user.name()),
                        false,
                        packages))
                .toList();
    }

    static UserWant gone(Scope scope, String name) {
        return new UserWant(scope.host().os(), name, List.of(), Set.of(), false, true, Set.of());
    }

    /** Whether the inventory has linkctl log in as that user. */
    static boolean isNamed(Scope scope, String name) {
        return name.equals(scope.host().ssh().user());
    }

    @Override
    public String id() {
        return (system == Os.LINUX ? "linux" : "freebsd") + ".user[" + name + "]";
    }

    @Override
    public Set<String> provides() {
        return Set.of(DeclaredNeeds.user(name));
    }

    String home() {
        return "/home/" + name;
    }

    String folder() {
        return home() + "/.ssh";
    }

    String file() {
        return folder() + "/authorized_keys";
    }

    Question.ReadFile keysFile() {
        return Question.file(file());
    }

    /** The group that an account of this name would have. */
    Question.Command ownGroup() {
        return Question.command("getent", "group", name);
    }

    /** pgrep(1) ends with 1 where there is no process, and with 2 or 127 where it cannot tell: then userdel(8) does. */
    Question.Command processes() {
        return Question.command("pgrep", "-l", "-u", name);
    }

    Question.Command known() {
        List<String> words = new ArrayList<>(List.of("getent", "group"));
        words.addAll(new TreeSet<>(groups));
        return Question.command(words);
    }
}
