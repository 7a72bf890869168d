package org.linkctl.modules.linux;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.linux.WireguardFiles.Fix;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Question;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Published;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The file of a tunnel's pre-shared key: made on the host of the tunnel's first end, installed on the other's, and
 * removed from both where the tunnel has none (any more).
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WireguardPsk implements Module<WireguardPsk.Want, WireguardPsk.Facts> {
    /** What this host has to do with the key. */
    enum Role {
        /** It makes the key and tells it to the other end. */
        MAKES,
        /** It installs what the other end made. */
        RECEIVES,
        /** The tunnel has no pre-shared key. */
        NONE
    }

    /**
     * The wanted file.
     *
     * @param maker the host of the tunnel's first end
     * @param secret what that host told; null while it is not known, and at that host itself
     */
    public record Want(
            String tunnel,
            Role role,
            String maker,
            @Nullable Secret secret) implements Resource {
        @Override
        public String id() {
            return "linux.wireguard-psk[" + tunnel + "]";
        }

        @Override
        public Set<String> provides() {
            return Set.of("wireguard-psk:" + tunnel);
        }

        @Override
        public Set<String> needs() {
            return Set.of("package:wireguard-tools");
        }

        @Override
        public List<String> unknowns() {
            return role == Role.RECEIVES && secret == null
                    ? List.of("the pre-shared key of " + tunnel + " on " + maker)
                    : List.of();
        }

        String path() {
            return WireguardFiles.psk(tunnel);
        }
    }

    /**
     * What was found.
     *
     * @param access rights and owner of the file; null where there is none
     * @param secret its content; null where there is none, and where none is wanted: then it is not read
     */
    public record Facts(@Nullable String access, @Nullable Secret secret) {
        /** The file is as it will be: nothing is going to replace it. */
        boolean lasting(Want want) {
            return switch (want.role()) {
                case MAKES -> isKey();
                case RECEIVES -> secret != null && Objects.equals(secret.line(), want.secret());
                case NONE -> access == null;
            };
        }

        private boolean isKey() {
            return secret != null && secret.matches(WireguardFiles.KEY_LINE);
        }
    }

    static Want want(Tunnel tunnel, Host host, Published published) {
        String maker = tunnel.ends().getFirst().host();
        Role role = maker.equals(host.name()) ? Role.MAKES : Role.RECEIVES;
        if (!tunnel.psk()) role = Role.NONE;
        Secret secret = role != Role.RECEIVES
                ? null
                : published
                        .hidden(maker, WireguardFiles.publishedPsk(tunnel.name()))
                        .map(Secret::line)
                        .orElse(null);
        return new Want(tunnel.name(), role, maker, secret);
    }

    @Override
    public String name() {
        return "linux.wireguard-psk";
    }

    @Override
    public List<Want> want(Scope scope) {
        if (scope.host().os() != Os.LINUX) return List.of();
        return scope.fabric().tunnels(scope.host()).stream()
                .map(tunnel -> want(tunnel, scope.host(), scope.published()))
                .toList();
    }

    @Override
    public List<Question> probe(Want want) {
        return questions(want);
    }

    static List<Question> questions(Want want) {
        Question access = WireguardFiles.access(want.path());
        return want.role() == Role.NONE ? List.of(access) : List.of(access, Question.secret(want.path()));
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return read(want, answers);
    }

    static Facts read(Want want, Answers answers) {
        String access = WireguardFiles.access(want.path(), answers);
        return new Facts(
                access,
                want.role() == Role.NONE || access == null
                        ? null
                        : answers.secret(want.path()).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null, null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return Fix.changes(fixes(want, have));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : Fix.steps(fixes(want, have));
    }

    private static List<Fix> fixes(Want want, Facts have) {
        if (have.lasting(want)) return WireguardFiles.accessFixes(want.path(), have.access());
        String before = have.access() == null ? null : "(hidden)\n";
        List<Step> steps = new ArrayList<>();
        String after = switch (want.role()) {
            case MAKES -> {
                if (have.access() != null) steps.add(new Step.RemoveFile(want.path()));
                steps.add(new Step.GenerateFile(want.path(), "0600", Argv.of("wg", "genpsk")));
                yield "(hidden; a new pre-shared key, made on this host)\n";
            }
            case RECEIVES -> {
                Secret secret = want.secret();
                if (secret == null) yield Change.UNKNOWN + "\n";
                steps.add(new Step.PutFile(want.path(), "0600", Content.of(secret)));
                yield "(hidden; the pre-shared key that " + want.maker() + " made)\n";
            }
            case NONE -> {
                steps.add(new Step.RemoveFile(want.path()));
                yield null;
            }
        };
        return List.of(new Fix(Change.file(want.path(), before, after), steps));
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.role() == Role.NONE ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(owned.name(), Role.NONE, "", null));
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        Secret secret = have.secret();
        return want.role() == Role.MAKES && secret != null && have.lasting(want)
                ? Published.Values.of(WireguardFiles.publishedPsk(want.tunnel()), secret.line())
                : Published.Values.NONE;
    }
}
