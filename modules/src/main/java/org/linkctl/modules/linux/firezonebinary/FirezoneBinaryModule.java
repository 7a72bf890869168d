package org.linkctl.modules.linux.firezonebinary;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.firezonefiles.Versions;
import org.linkctl.shell.Artifact;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Unguarded;
import org.linkctl.spi.UnreadableFacts;

/**
 * The program of a Firezone gateway, in the folder of its version: nothing runs it yet. The one that runs stays, as the
 * way back; those before it go. What a host has of it is taken away with the gateway, by linux.firezone.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class FirezoneBinaryModule
        implements Unguarded<FirezoneBinaryModule.Want, FirezoneBinaryModule.Facts>,
                Rendered<FirezoneBinaryModule.Want, FirezoneBinaryModule.Facts> {
    private static final String ACCESS = "755 0 0";
    private static final Pattern SUM = Pattern.compile("(?<sum>[0-9a-f]{64}) [ *].*\n");

    /** A version. */
    public record Want(Artifact artifact) implements Resource {
        @Override
        public String id() {
            return "linux.firezone-binary";
        }

        @Override
        public Set<String> provides() {
            return Set.of("firezone-binary");
        }

        String path() {
            return Versions.path(Versions.version(artifact.sha256()));
        }

        Question.Command sum() {
            return Question.command("sha256sum", path());
        }
    }

    /** @param sum the SHA-256 of the file in the version's folder; null: there is none */
    public record Facts(Versions versions, @Nullable String sum) {}

    @Override
    public String name() {
        return "linux.firezone-binary";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        return scope.fabric().of(FirezoneGateway.class, scope.host()).stream()
                .map(gateway -> new Want(gateway.artifact()))
                .toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(Versions.questions());
        out.add(want.sum());
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        Answer.Output said = answers.to(want.sum());
        if (!said.ok()) {
            if (said.stderr().contains("No such file or directory")) return new Facts(Versions.read(answers), null);
            throw new UnreadableFacts(want.path() + ": " + said.stderr().strip());
        }
        Matcher sum = SUM.matcher(said.stdout());
        if (!sum.matches()) throw new UnreadableFacts("sha256sum of " + want.path() + ": '" + said.stdout() + "'");
        return new Facts(Versions.read(answers), sum.group("sum"));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(Versions.NONE, null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        Artifact artifact = want.artifact();
        if (!artifact.sha256().equals(have.sum())) {
            for (Versions.Program older : older(want, have)) out.add(Change.file(older.path(), shown(older), null));
            String before = have.sum() == null ? null : content("another file", have.sum());
            out.add(Change.file(want.path(), before, content(artifact.source(), artifact.sha256())));
            return out;
        }
        have.versions().programs().stream()
                .filter(program -> program.path().equals(want.path()))
                .filter(program -> !program.access().equals(ACCESS))
                .forEach(program -> out.add(Change.state(access(want), program.access(), ACCESS)));
        return out;
    }

    /** Those that are neither wanted nor run. */
    private static List<Versions.Program> older(Want want, Facts have) {
        return have.versions().programs().stream()
                .filter(program -> !program.path().equals(want.path()))
                .filter(program ->
                        have.versions().current().filter(program.path()::equals).isEmpty())
                .toList();
    }

    private static String access(Want want) {
        return want.path() + " mode, owner, group";
    }

    private static String shown(Versions.Program program) {
        return "(version " + Versions.versionOf(program.path()) + ")\n";
    }

    private static String content(String source, String sha256) {
        return "(" + source + ", SHA-256 " + sha256 + ")\n";
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.is(Change.Kind.STATE, access(want))) {
                out.add(Step.run("chown", "0:0", want.path()));
                out.add(Step.run("chmod", "0755", want.path()));
            } else if (change.after() == null) {
                out.add(new Step.RemoveFile(change.subject()));
                out.add(OurFiles.unfold(List.of(Versions.folder(Versions.versionOf(change.subject())))));
            } else {
                out.add(new Step.SendFile(want.path(), "0755", want.artifact()));
            }
        }
        return out;
    }
}
