package org.linkctl.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.Psk;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Fingerprints;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Module;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * Puts a tunnel's secret into a folder for each host, and then does what a careless program would: prints it, and fails
 * where it is told to.
 */
final class CarelessModule
        implements Module<CarelessModule.Want, CarelessModule.Facts>,
                Rendered<CarelessModule.Want, CarelessModule.Facts>,
                Publishes<CarelessModule.Want, CarelessModule.Facts> {
    private final String folder;
    private final String trouble;

    /** @param trouble what shall go wrong; see the steps */
    CarelessModule(String folder, String trouble) {
        this.folder = folder;
        this.trouble = trouble;
    }

    record Want(String file, SecretRef ref, @Nullable Secret secret, Fingerprints fingerprints) implements Resource {
        @Override
        public String id() {
            return "toy.hush[" + ref.name() + "]";
        }

        @Override
        public List<SecretRef> secrets() {
            return List.of(ref);
        }
    }

    record Facts(@Nullable Secret secret) {}

    @Override
    public String name() {
        return "toy.hush";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Tunnel tunnel = scope.fabric().tunnels(scope.host()).getFirst();
        if (!(tunnel.psk() instanceof Psk.Given(SecretRef ref))) throw new IllegalStateException("no secret");
        Secret secret = scope.secrets().byName().get(ref.name());
        if (trouble.equals("want") && secret != null) throw new IllegalStateException("mistaken: " + secret);
        String file = folder + "/" + scope.host().name() + "/psk";
        return List.of(new Want(file, ref, secret, scope.secrets().fingerprints()));
    }

    private static Question.ReadSecret held(Want want) {
        return Question.secret(want.file());
    }

    private static Question.Command print(Want want) {
        return Question.command("cat", want.file());
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return trouble.equals("quotes") ? List.of(held(want), print(want)) : List.of(held(want));
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        Facts facts = new Facts(answers.to(held(want)).orElse(null));
        if (trouble.equals("facts")) throw new UnreadableFacts("odd: " + answers + facts + want);
        if (trouble.equals("quotes")) throw new UnreadableFacts("odd: '" + answers.stdout(print(want)) + "'");
        if (trouble.equals("mistake")) throw new IllegalStateException("mistaken: " + answers + facts + want);
        return facts;
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        Secret wanted = want.secret();
        Secret found = have.secret();
        if (wanted == null || (found != null && wanted.equals(found))) return List.of();
        String before = found == null ? null : want.fingerprints().show(found) + "\n";
        return List.of(Change.file(want.file(), before, want.fingerprints().show(wanted) + "\n"));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        Secret secret = want.secret();
        if (changes.isEmpty() || secret == null) return List.of();
        Step put = new Step.PutFile(want.file(), "0600", Content.of(secret));
        String after = switch (trouble) {
            case "prints" -> "cat \"$1\"; echo; cat \"$1\" >&2";
            case "fails" -> "echo \"cannot use '$(cat \"$1\")'\" >&2; exit 3";
            case "dies" -> "kill -9 $(cat \"$1.shell\")";
            case "slow" -> "sleep 1";
            default -> ":";
        };
        Argv careless = Argv.of("/bin/sh", "-c", after, "sh", want.file());
        return trouble.equals("folder")
                ? List.of(put, new Step.PutFile(folder, "0600", Content.of(secret)))
                : List.of(put, Step.run(careless));
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        Secret secret = have.secret();
        return secret == null ? Published.Values.NONE : Published.Values.of("hush", secret);
    }
}
