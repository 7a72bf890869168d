package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
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
import org.linkctl.spi.Refused;
import org.linkctl.spi.ReplacesKeys;
import org.linkctl.spi.Scope;

/**
 * The file of a tunnel's pre-shared key: a secret of the user's, installed on both hosts; or made on the host of the
 * tunnel's first end and installed on the other's; and removed from both where the tunnel has none (any more).
 */
public abstract class PskModule extends KeyFileModule<PskWant, PskFacts> implements ReplacesKeys<PskWant, PskFacts> {
    protected PskModule(Os os) {
        super(os, PskWant.KIND);
    }

    @Override
    public final Set<Key> replaces() {
        return Set.of(Key.PRE_SHARED);
    }

    @Override
    final PskWant of(Scope scope, Tunnel tunnel) {
        return PskWant.of(scope, tunnel);
    }

    @Override
    final PskWant of(Scope scope, Hub hub) {
        return PskWant.none(scope.host().os(), hub.name());
    }

    @Override
    public List<Question<?>> probe(PskWant want) {
        return PskFacts.questions(want);
    }

    @Override
    public PskFacts facts(PskWant want, Answers answers) {
        return PskFacts.read(want, answers);
    }

    @Override
    public PskFacts bare(PskWant want) {
        return PskFacts.NONE;
    }

    @Override
    public List<Change> diff(PskWant want, PskFacts have) {
        if (!want.clones().isEmpty()) throw new Refused(String.join("\n", want.clones()));
        return super.diff(want, have);
    }

    /** The file is read once more at each start of the tunnel: it goes when the other end uses none either. */
    @Override
    public Set<String> partners(PskWant want, PskFacts have) {
        String far = want.far();
        return far == null ? want.partners() : Set.of(far);
    }

    @Override
    final List<Fix> fixes(PskWant want, PskFacts have) {
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
                PskWant.Given given = want.given();
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

    private static @Nullable String before(PskWant want, PskFacts have) {
        if (have.access() == null) return null;
        PskWant.Given given = want.given();
        Secret secret = have.secret();
        return (given == null || secret == null ? "(hidden)" : given.show(secret)) + "\n";
    }

    @Override
    public Optional<PskWant> absent(Scope scope, Owned owned) {
        return Optional.of(PskWant.none(system(), owned.name()));
    }

    @Override
    public Published.Values publish(PskWant want, PskFacts have) {
        Secret secret = have.secret();
        return want.role() == PskWant.Role.MAKES && secret != null && have.lasting(want)
                ? Published.Values.of(WireguardFiles.publishedPsk(want.tunnel()), secret.line())
                        .asOwn()
                : Published.Values.NONE;
    }
}
