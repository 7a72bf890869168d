package org.linkctl.modules.hostfiles;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.HostFile;
import org.linkctl.model.HostService;
import org.linkctl.model.HostUser;
import org.linkctl.model.Os;
import org.linkctl.model.SecretRef;
import org.linkctl.modules.declared.DeclaredNeeds;
import org.linkctl.shell.Content;
import org.linkctl.shell.Fingerprints;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * A file that a host shall have, or that linkctl's shall be gone from it.
 *
 * @param declared null: what was there before linkctl is given back
 * @param hidden its text is a secret, and so may be what was there before
 * @param mayAppear a package or a user of this run may bring the owner and the group
 * @param restarts the services that are to be started anew when it changes
 */
public record FileWant(
        Os system,
        String path,
        @Nullable Declared declared,
        boolean hidden,
        boolean mayAppear,
        List<String> restarts,
        Fingerprints fingerprints,
        Set<String> needs)
        implements Resource {
    private static final String HIDDEN = "hidden";

    /**
     * What is declared.
     *
     * @param content null while the secret is not known
     * @param ref of the secret; null: the text is none
     * @param access such as {@code 0644 root:root}
     */
    public record Declared(
            @Nullable Content content, @Nullable SecretRef ref, String access) {
        String mode() {
            return access.substring(0, access.indexOf(' '));
        }

        String owner() {
            return access.substring(access.indexOf(' ') + 1);
        }
    }

    public FileWant {
        needs = Set.copyOf(needs);
        restarts = List.copyOf(restarts);
    }

    /** The files that are declared for the scope's host. */
    public static List<FileWant> all(Scope scope) {
        return scope.fabric().of(HostFile.class, scope.host()).stream()
                .map(file -> of(scope, file))
                .toList();
    }

    private static FileWant of(Scope scope, HostFile file) {
        Os system = scope.host().os();
        SecretRef ref = file.secret();
        String text = file.content();
        Content content = ref != null
                ? Optional.ofNullable(scope.secrets().byName().get(ref.name()))
                        .map(secret -> Content.of(secret.line()))
                        .orElse(null)
                : text == null ? null : Content.of(text);
        String group = file.group() != null ? file.group() : rootGroup(system);
        String access = file.mode() + " " + file.owner() + ":" + group;
        Set<String> needs = new LinkedHashSet<>(DeclaredNeeds.packages(scope));
        Set<String> users = scope.fabric().of(HostUser.class, scope.host()).stream()
                .map(HostUser::name)
                .collect(Collectors.toSet());
        boolean mayAppear = !needs.isEmpty() || users.contains(file.owner()) || users.contains(group);
        needs.add(DeclaredNeeds.user(file.owner()));
        return new FileWant(
                system,
                file.path(),
                new Declared(content, ref, access),
                ref != null,
                mayAppear,
                scope.fabric().of(HostService.class, scope.host()).stream()
                        .filter(service -> service.restartOn().contains(file.path()))
                        .map(HostService::name)
                        .toList(),
                scope.secrets().fingerprints(),
                needs);
    }

    /** What was made, as something that shall be gone. */
    static FileWant gone(Scope scope, Owned owned) {
        boolean hidden = owned.memory().value(HIDDEN).isPresent();
        return new FileWant(
                scope.host().os(),
                owned.name(),
                null,
                hidden,
                true,
                List.of(),
                scope.secrets().fingerprints(),
                Set.of());
    }

    /** The name of root's group. */
    static String rootGroup(Os system) {
        return system == Os.LINUX ? "root" : "wheel";
    }

    /** What a host remembers of it. */
    Memory memory() {
        return Memory.OWNED.with(HIDDEN, hidden ? "yes" : null);
    }

    @Override
    public String id() {
        return (system == Os.LINUX ? "linux" : "freebsd") + ".file[" + path + "]";
    }

    @Override
    public Set<String> provides() {
        return Set.of(DeclaredNeeds.file(path));
    }

    @Override
    public List<SecretRef> secrets() {
        SecretRef ref = declared == null ? null : declared.ref();
        return ref == null ? List.of() : List.of(ref);
    }

    @Override
    public List<String> unknowns() {
        if (declared == null || declared.content() != null) return List.of();
        return List.of("what " + declared.ref() + " says");
    }

    /** What has to be asked of the owner and the group that are declared; root and its group are there. */
    List<Question.Command> asked() {
        if (declared == null || mayAppear) return List.of();
        List<Question.Command> out = new ArrayList<>();
        String owner = declared.owner();
        String user = owner.substring(0, owner.indexOf(':'));
        String group = owner.substring(owner.indexOf(':') + 1);
        if (!user.equals(HostFile.OWNER)) out.add(Question.command("getent", "passwd", user));
        if (!group.equals(rootGroup(system))) out.add(Question.command("getent", "group", group));
        return out;
    }

    String shown(Content content) {
        return switch (content) {
            case Content.Plain(String text) -> text;
            case Content.Hidden(var secret) -> fingerprints.show(secret) + "\n";
        };
    }
}
