package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Published;
import org.linkctl.spi.Question;
import org.linkctl.spi.ReplacesKeys;
import org.linkctl.spi.Scope;

/**
 * The private key of an interface: made on its host, and never leaving it, or a secret of the user's. The public key is derived there
 * from the file each time it is asked for, so what peers are told is true even after the file was replaced by hand.
 * An interface that runs already, with a key from elsewhere, keeps its key: the file is made from the kernel's.
 */
public abstract class KeyModule extends KeyFileModule<KeyWant, KeyFacts> implements ReplacesKeys<KeyWant, KeyFacts> {
    protected KeyModule(Os os) {
        super(os, KeyWant.KIND);
    }

    @Override
    public final Set<Key> replaces() {
        return Set.of(Key.PRIVATE);
    }

    @Override
    final KeyWant of(Scope scope, Tunnel tunnel) {
        return KeyWant.of(scope, tunnel);
    }

    @Override
    final KeyWant of(Scope scope, Hub hub) {
        return KeyWant.of(scope, hub);
    }

    @Override
    public List<Question<?>> probe(KeyWant want) {
        return KeyFacts.questions(want);
    }

    @Override
    public KeyFacts facts(KeyWant want, Answers answers) {
        return KeyFacts.read(want, answers);
    }

    @Override
    public KeyFacts bare(KeyWant want) {
        return KeyFacts.NONE;
    }

    /** Another key of the user's: the spokes have to know it when the hub has it. */
    @Override
    public Set<String> partners(KeyWant want, KeyFacts have) {
        GivenKey given = want.given();
        boolean replaces = given != null && have.content() != null && !Objects.equals(have.content(), given.secret());
        return replaces ? want.unaware() : want.partners();
    }

    @Override
    final List<Fix> fixes(KeyWant want, KeyFacts have) {
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

    private static List<Fix> given(KeyWant want, GivenKey given, KeyFacts have) {
        Secret secret = given.secret();
        Secret content = have.content();
        if (secret != null && content != null && secret.equals(content))
            return WireguardFiles.accessFixes(want.path(), have.access());
        String before = content == null ? before(have) : given.show(content) + "\n";
        if (secret == null) return List.of(new Fix(Change.file(want.path(), before, Change.UNKNOWN + "\n")));
        Step put = new Step.PutFile(want.path(), "0600", Content.of(secret));
        return List.of(new Fix(Change.file(want.path(), before, given.show(secret) + "\n"), put));
    }

    private static @Nullable String before(KeyFacts have) {
        if (have.access() == null) return null;
        return have.valid() ? "(hidden)\n" : "(hidden; no key)\n";
    }

    private static List<Fix> removal(KeyWant want, KeyFacts have) {
        return have.access() == null
                ? List.of()
                : List.of(new Fix(Change.file(want.path(), "(hidden)\n", null), new Step.RemoveFile(want.path())));
    }

    @Override
    public Optional<KeyWant> absent(Scope scope, Owned owned) {
        return Optional.of(KeyWant.gone(system(), owned.name()));
    }

    /** Whoever has the key is the peer that others know. */
    @Override
    public boolean irreplaceable() {
        return true;
    }

    @Override
    public Published.Values publish(KeyWant want, KeyFacts have) {
        String key = have.lasting(want);
        return key == null
                ? Published.Values.NONE
                : Published.Values.of(WireguardFiles.publishedKey(want.tunnel()), key)
                        .asOwn();
    }
}
