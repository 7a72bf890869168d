package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.Psk;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Fingerprints;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Partnered;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The file of a tunnel's pre-shared key: a secret of the user's, installed on both hosts; or made on the host of the
 * tunnel's first end and installed on the other's; and removed from both where the tunnel has none (any more).
 */
public abstract class PskModule
        implements Remembered<PskModule.Want, PskModule.Facts>,
                Publishes<PskModule.Want, PskModule.Facts>,
                Partnered<PskModule.Want, PskModule.Facts>,
                Rendered<PskModule.Want, PskModule.Facts> {
    private final Os os;

    protected PskModule(Os os) {
        this.os = os;
    }

    /** What this host has to do with the key. */
    public enum Role {
        /** It makes the key and tells it to the other end. */
        MAKES,
        /** It installs what the other end made. */
        RECEIVES,
        /** It installs a secret of the user's, as the other end does. */
        GIVEN,
        /** The tunnel has no pre-shared key. */
        NONE
    }

    /**
     * What is wanted of a secret of the user's.
     *
     * @param far the host of the other end
     * @param farHasIt the other end uses it already, so that this one may follow alone
     */
    public record Given(SecretRef ref, String far, boolean farHasIt, Fingerprints fingerprints) {
        String show(Secret secret) {
            return fingerprints.show(secret.line());
        }
    }

    /** A key that shall be made anew, on both ends in one run. */
    public record Renewal(Secret outworn, String far) {}

    /**
     * The wanted file.
     *
     * @param maker the host of the tunnel's first end
     * @param secret what that host told, or the user's secret; null while it is not known, and at the maker itself
     * @param given null unless it is a secret of the user's
     * @param outworn at the maker, what it shall not be any more; null where it may stay
     * @param far where there shall be none, the host of the other end that still uses one; null: none does
     * @param clones what is wrong with the key that the maker told; empty: nothing
     */
    public record Want(
            Os os,
            String tunnel,
            Role role,
            String maker,
            @Nullable Secret secret,
            @Nullable Given given,
            @Nullable Renewal outworn,
            @Nullable String far,
            List<String> clones)
            implements Resource {
        public Want {
            clones = List.copyOf(clones);
        }

        @Override
        public String id() {
            return WireguardFiles.module(os, "wireguard-psk") + "[" + tunnel + "]";
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
            if (secret != null) return List.of();
            if (given != null) return List.of("what " + given.ref() + " says");
            return role == Role.RECEIVES ? List.of("the pre-shared key of " + tunnel + " on " + maker) : List.of();
        }

        @Override
        public List<SecretRef> secrets() {
            return given == null ? List.of() : List.of(given.ref());
        }

        @Override
        public Set<String> partners() {
            if (outworn != null) return Set.of(outworn.far());
            return given == null || given.farHasIt() ? Set.of() : Set.of(given.far());
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
        /** As where nothing is. */
        public static final Facts NONE = new Facts(null, null);

        /** The file is as it will be: nothing is going to replace it. */
        boolean lasting(Want want) {
            return switch (want.role()) {
                case MAKES -> isKey() && !isOutworn(want.outworn());
                case RECEIVES, GIVEN -> secret != null && Objects.equals(secret.line(), want.secret());
                case NONE -> access == null;
            };
        }

        private boolean isOutworn(@Nullable Renewal renewal) {
            return renewal != null
                    && secret != null
                    && secret.line().equals(renewal.outworn().line());
        }

        private boolean isKey() {
            return secret != null && secret.matches(WireguardFiles.KEY_LINE) && !secret.matches(WireguardFiles.ZERO);
        }
    }

    public static Want want(Scope scope, Tunnel tunnel) {
        String maker = tunnel.ends().getFirst().host();
        return switch (tunnel.psk()) {
            case Psk.None() -> none(scope, tunnel);
            case Psk.Made() -> made(scope, tunnel, maker);
            case Psk.Given(SecretRef ref) -> given(scope, tunnel, maker, ref);
        };
    }

    static Want none(Os os, String tunnel) {
        return new Want(os, tunnel, Role.NONE, "", null, null, null, null, List.of());
    }

    private static Want none(Scope scope, Tunnel tunnel) {
        String far = tunnel.farFrom(scope.host().name()).host();
        FarView view = FarView.understood(FarView.told(scope, far, tunnel.name()));
        String using = view != null && view.usesNoPsk() ? null : far;
        return new Want(scope.host().os(), tunnel.name(), Role.NONE, "", null, null, null, using, List.of());
    }

    private static Want made(Scope scope, Tunnel tunnel, String maker) {
        String name = WireguardFiles.publishedPsk(tunnel.name());
        List<String> clones = Clones.psk(scope, tunnel);
        if (maker.equals(scope.host().name())) {
            Secret outworn = scope.secrets().outworn().hidden(maker, name).orElse(null);
            Renewal renewal = outworn == null
                    ? null
                    : new Renewal(outworn, tunnel.farFrom(maker).host());
            return new Want(scope.host().os(), tunnel.name(), Role.MAKES, maker, null, null, renewal, null, clones);
        }
        Secret told = scope.published().hidden(maker, name).map(Secret::line).orElse(null);
        return new Want(scope.host().os(), tunnel.name(), Role.RECEIVES, maker, told, null, null, null, clones);
    }

    private static Want given(Scope scope, Tunnel tunnel, String maker, SecretRef ref) {
        String far = tunnel.farFrom(scope.host().name()).host();
        Secret secret = scope.secrets()
                .of(ref, WireguardFiles.KEY_PADDED, "a pre-shared key as `wg genpsk` prints it: 44 base64 characters")
                .map(Secret::line)
                .orElse(null);
        Optional<Secret> farUses = scope.published().hidden(far, WireguardFiles.publishedUse(tunnel.name()));
        boolean farHasIt = secret != null
                && farUses.map(Secret::line).filter(secret::equals).isPresent();
        Given given = new Given(ref, far, farHasIt, scope.secrets().fingerprints());
        return new Want(scope.host().os(), tunnel.name(), Role.GIVEN, maker, secret, given, null, null, List.of());
    }

    @Override
    public String name() {
        return WireguardFiles.module(os, "wireguard-psk");
    }

    @Override
    public final Os system() {
        return os;
    }

    @Override
    public List<Want> want(Scope scope) {
        return Stream.concat(
                        scope.fabric().tunnels(scope.host()).stream().map(tunnel -> want(scope, tunnel)),
                        scope.fabric().hubs(scope.host()).stream().map(hub -> none(os, hub.name())))
                .toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return questions(want);
    }

    private static Question.ReadSecret content(Want want) {
        return Question.secret(want.path());
    }

    public static List<Question<?>> questions(Want want) {
        Question.Command access = WireguardFiles.access(want.os(), want.path());
        return want.role() == Role.NONE ? List.of(access) : List.of(access, content(want));
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return read(want, answers);
    }

    public static Facts read(Want want, Answers answers) {
        String access = WireguardFiles.access(want.os(), want.path(), answers);
        return new Facts(
                access,
                want.role() == Role.NONE || access == null
                        ? null
                        : answers.to(content(want)).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        return Facts.NONE;
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (!want.clones().isEmpty()) throw new Refused(String.join("\n", want.clones()));
        return Fix.changes(fixes(want, have));
    }

    /** The file is read once more at each start of the tunnel: it goes when the other end uses none either. */
    @Override
    public Set<String> partners(Want want, Facts have) {
        String far = want.far();
        return far == null ? want.partners() : Set.of(far);
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : Fix.steps(fixes(want, have));
    }

    private static List<Fix> fixes(Want want, Facts have) {
        if (have.lasting(want)) return WireguardFiles.accessFixes(want.path(), have.access());
        String before = before(want, have);
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
            case GIVEN -> {
                Given given = want.given();
                Secret secret = want.secret();
                if (secret == null || given == null) yield Change.UNKNOWN + "\n";
                steps.add(new Step.PutFile(want.path(), "0600", Content.of(secret)));
                yield given.show(secret) + "\n";
            }
            case NONE -> {
                steps.add(new Step.RemoveFile(want.path()));
                yield null;
            }
        };
        return List.of(new Fix(Change.file(want.path(), before, after), steps));
    }

    private static @Nullable String before(Want want, Facts have) {
        if (have.access() == null) return null;
        Given given = want.given();
        Secret secret = have.secret();
        return (given == null || secret == null ? "(hidden)" : given.show(secret)) + "\n";
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.role() == Role.NONE ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(none(os, owned.name()));
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        Secret secret = have.secret();
        return want.role() == Role.MAKES && secret != null && have.lasting(want)
                ? Published.Values.of(WireguardFiles.publishedPsk(want.tunnel()), secret.line())
                        .asOwn()
                : Published.Values.NONE;
    }
}
