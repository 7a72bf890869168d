package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Partnered;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * The private key of an interface: made on its host, and never leaving it, or a secret of the user's. The public key is derived there
 * from the file each time it is asked for, so what peers are told is true even after the file was replaced by hand.
 * An interface that runs already, with a key from elsewhere, keeps its key: the file is made from the kernel's.
 */
public abstract class KeyModule
        implements Remembered<KeyModule.Want, KeyModule.Facts>,
                Publishes<KeyModule.Want, KeyModule.Facts>,
                Partnered<KeyModule.Want, KeyModule.Facts>,
                Rendered<KeyModule.Want, KeyModule.Facts> {
    private final Os os;

    protected KeyModule(Os os) {
        this.os = os;
    }

    /**
     * A key that shall be made anew: at both ends in one run, or sessions would never begin again.
     *
     * @param outworn the public key of the one that shall be there no more
     * @param far the host of the other end
     */
    public record Renewal(String outworn, String far) {
        static @Nullable Renewal of(Scope scope, Tunnel tunnel) {
            String host = scope.host().name();
            return scope.secrets()
                    .outworn()
                    .plain(host, WireguardFiles.publishedKey(tunnel.name()))
                    .map(key -> new Renewal(key, tunnel.farFrom(host).host()))
                    .orElse(null);
        }
    }

    /**
     * @param gone it shall be there no more
     * @param renewal null where the key may stay
     * @param given null where the key is made on the host
     * @param unaware the hosts of a hub's spokes that do not run with a given key as the hub's
     */
    public record Want(
            Os os,
            String tunnel,
            boolean gone,
            @Nullable Renewal renewal,
            @Nullable GivenKey given,
            Set<String> unaware)
            implements Resource {
        public Want {
            unaware = Set.copyOf(unaware);
        }

        @Override
        public String id() {
            return WireguardFiles.module(os, "wireguard-key") + "[" + tunnel + "]";
        }

        @Override
        public Set<String> provides() {
            return Set.of("wireguard-key:" + tunnel);
        }

        @Override
        public Set<String> needs() {
            return Set.of("package:wireguard-tools");
        }

        @Override
        public Set<String> partners() {
            return renewal == null ? Set.of() : Set.of(renewal.far());
        }

        @Override
        public List<String> unknowns() {
            return given == null || given.secret() != null ? List.of() : List.of("what " + given.ref() + " says");
        }

        @Override
        public List<SecretRef> secrets() {
            return given == null ? List.of() : List.of(given.ref());
        }

        String path() {
            return WireguardFiles.key(tunnel);
        }
    }

    /**
     * What was found.
     *
     * @param access rights and owner of the key file; null where there is none
     * @param valid the file holds a key, as far as can be said (without wg(8) nobody can)
     * @param publicKey derived from the file; null where that cannot be done yet
     * @param running the public key the interface runs with; null where it runs with none
     * @param content of the file; read only where a secret of the user's shall be in it
     */
    public record Facts(
            @Nullable String access,
            boolean valid,
            @Nullable String publicKey,
            @Nullable String running,
            @Nullable Secret content) {
        /** As where nothing is. */
        public static final Facts NONE = new Facts(null, false, null, null, null);

        private boolean kept() {
            return access != null && valid;
        }

        /** The public key that peers will see once the host is converged; null where that is not known yet. */
        @Nullable
        String lasting(Want want) {
            GivenKey given = want.given();
            if (given != null && given.secret() != null) return given.publicKey();
            String there = kept() ? publicKey : running;
            Renewal renewal = want.renewal();
            return renewal != null && renewal.outworn().equals(there) ? null : there;
        }

        private boolean isOutworn(Want want) {
            return want.renewal() != null && (kept() || running != null) && lasting(want) == null;
        }
    }

    /** What a host's interface of that name runs with: of a tunnel, or of a hub. */
    static Want of(Scope scope, Tunnel tunnel) {
        return new Want(scope.host().os(), tunnel.name(), false, Renewal.of(scope, tunnel), null, Set.of());
    }

    static Want of(Scope scope, Hub hub) {
        SecretRef ref = scope.fabric().isHub(hub, scope.host()) ? hub.key() : null;
        GivenKey given = ref == null ? null : GivenKey.of(scope, ref);
        return new Want(
                scope.host().os(),
                hub.name(),
                false,
                null,
                given,
                given == null ? Set.of() : unaware(scope, hub, given));
    }

    private static Set<String> unaware(Scope scope, Hub hub, GivenKey given) {
        Set<String> out = new TreeSet<>();
        for (Hub.Spoke spoke : hub.spokes()) {
            FarView view = FarView.understood(FarView.told(scope, spoke.host(), hub.name()));
            if (view == null || !view.knows(given.publicKey())) out.add(spoke.host());
        }
        return out;
    }

    @Override
    public String name() {
        return WireguardFiles.module(os, "wireguard-key");
    }

    @Override
    public final Os system() {
        return os;
    }

    @Override
    public List<Want> want(Scope scope) {
        return Stream.concat(
                        scope.fabric().tunnels(scope.host()).stream().map(tunnel -> of(scope, tunnel)),
                        scope.fabric().hubs(scope.host()).stream().map(hub -> of(scope, hub)))
                .toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return questions(want);
    }

    private static Question.ReadSecret content(Want want) {
        return Question.secret(want.path());
    }

    /** Asks for the public key that a tunnel runs with. */
    private static Question.Command inKernel(String tunnel) {
        return Question.command("wg", "show", tunnel, "public-key");
    }

    public static List<Question<?>> questions(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(
                WireguardFiles.access(want.os(), want.path()),
                WireguardFiles.derivePublicKey(want.tunnel()),
                inKernel(want.tunnel())));
        if (want.given() != null) out.add(content(want));
        return List.copyOf(out);
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return read(want, answers);
    }

    public static Facts read(Want want, Answers answers) {
        String tunnel = want.tunnel();
        String path = want.path();
        String access = WireguardFiles.access(want.os(), path, answers);
        String running = running(tunnel, answers);
        if (access == null) return new Facts(null, false, null, running, null);
        Secret content = want.given() == null ? null : answers.to(content(want)).orElse(null);
        Answer.Output derived = answers.to(WireguardFiles.derivePublicKey(tunnel));
        if (derived.ok()) return new Facts(access, true, publicKey(derived, path), running, content);
        if (derived.exit() == 127) return new Facts(access, true, null, running, content);
        if (derived.stderr().contains("Key is not")) return new Facts(access, false, null, running, content);
        throw new UnreadableFacts(
                "public key of " + path + ": " + derived.stderr().strip());
    }

    private static String publicKey(Answer.Output out, String whose) {
        String key = out.stdout().strip();
        if (WireguardFiles.KEY.matcher(key).matches()) {
            if (PublicKeys.isUsable(key)) return key;
            throw new UnreadableFacts("public key of " + whose + ": '" + key
                    + "' is one of the few points with which every handshake fails (RFC 7748, section 6.1); remove the"
                    + " private key it belongs to, and end the interface that runs with it");
        }
        throw new UnreadableFacts("public key of " + whose + ": '" + key + "'; right would be 44 base64 characters");
    }

    private static @Nullable String running(String tunnel, Answers answers) {
        Answer.Output out = answers.to(inKernel(tunnel));
        if (!out.ok() || out.stdout().strip().equals(WireguardFiles.NO_KEY)) return null;
        return publicKey(out, tunnel);
    }

    @Override
    public Facts bare(Want want) {
        return Facts.NONE;
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return Fix.changes(fixes(want, have));
    }

    /** Another key of the user's: the spokes have to know it when the hub has it. */
    @Override
    public Set<String> partners(Want want, Facts have) {
        GivenKey given = want.given();
        boolean replaces = given != null && have.content() != null && !Objects.equals(have.content(), given.secret());
        return replaces ? want.unaware() : want.partners();
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : Fix.steps(fixes(want, have));
    }

    private static List<Fix> fixes(Want want, Facts have) {
        if (want.gone()) return removal(want, have);
        if (want.given() != null) return given(want, want.given(), have);
        boolean outworn = have.isOutworn(want);
        if (have.kept() && !outworn) return WireguardFiles.accessFixes(want.path(), have.access());
        boolean adopted = have.running() != null && !outworn;
        List<Step> steps = new ArrayList<>();
        if (have.access() != null) steps.add(new Step.RemoveFile(want.path()));
        steps.add(new Step.GenerateFile(
                want.path(),
                "0600",
                adopted ? Argv.of("wg", "show", want.tunnel(), "private-key") : Argv.of("wg", "genkey")));
        return List.of(new Fix(
                Change.file(
                        want.path(),
                        before(have),
                        adopted
                                ? "(hidden; the private key that " + want.tunnel() + " runs with)\n"
                                : "(hidden; a new private key, made on this host)\n"),
                steps));
    }

    private static List<Fix> given(Want want, GivenKey given, Facts have) {
        Secret secret = given.secret();
        Secret content = have.content();
        if (secret != null && content != null && secret.equals(content))
            return WireguardFiles.accessFixes(want.path(), have.access());
        String before = content == null ? before(have) : given.show(content) + "\n";
        if (secret == null) return List.of(new Fix(Change.file(want.path(), before, Change.UNKNOWN + "\n")));
        Step put = new Step.PutFile(want.path(), "0600", Content.of(secret));
        return List.of(new Fix(Change.file(want.path(), before, given.show(secret) + "\n"), put));
    }

    private static @Nullable String before(Facts have) {
        if (have.access() == null) return null;
        return have.valid() ? "(hidden)\n" : "(hidden; no key)\n";
    }

    private static List<Fix> removal(Want want, Facts have) {
        return have.access() == null
                ? List.of()
                : List.of(new Fix(Change.file(want.path(), "(hidden)\n", null), new Step.RemoveFile(want.path())));
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.gone() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(os, owned.name(), true, null, null, Set.of()));
    }

    /** Whoever has the key is the peer that others know. */
    @Override
    public boolean irreplaceable() {
        return true;
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        String key = have.lasting(want);
        return key == null
                ? Published.Values.NONE
                : Published.Values.of(WireguardFiles.publishedKey(want.tunnel()), key)
                        .asOwn();
    }
}
