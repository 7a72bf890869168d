package org.linkctl.modules.linux.fileaccess;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Os;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * Mode and owner of the files that linkctl makes, apart from keys: a script that is not executable is passed over at boot,
 * one that others may write is run by root all the same, and networkd does not read what only root may.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class FileAccessModule implements Rendered<FileAccessModule.Want, FileAccessModule.Facts> {
    /** What lies in these alone is run; everything else of ours is read. */
    private static final List<String> SCRIPTS = List.of("/usr/local/lib/linkctl/", "/etc/network/if-up.d/");

    private static final List<String> FOLDERS = List.of(
            "/usr/local/lib/linkctl",
            "/etc/linkctl/nftables",
            "/etc/systemd/network",
            "/etc/systemd/system",
            "/etc/network/interfaces.d",
            "/etc/network/if-up.d",
            "/etc/sysctl.d",
            "/etc/modules-load.d");

    private static final Question.Command FIND = ask(
            List.of("find"),
            List.of(
                    "-type",
                    "f",
                    "(",
                    "-name",
                    "*linkctl*",
                    "-o",
                    "-path",
                    "*/linkctl/*",
                    ")",
                    "-printf",
                    "%m %U:%G %p\\n"));

    /** Somebody else may keep files beside ours, such as a copy or a note: they have no mark of ours. */
    private static final Question.Command MARKED = ask(List.of("grep", "-rls", "^# Made by linkctl"), List.of());

    /** modules-load.d(5): names of modules alone. */
    private static final String UNMARKED = "/etc/modules-load.d/linkctl-";

    private static final Pattern LINE =
            Pattern.compile("(?<mode>[0-7]{1,4}) (?<owner>[0-9]+:[0-9]+) (?<path>/[^\\p{Cntrl}]+)");

    /** All of them, on one host. */
    public record Want() implements Resource {
        @Override
        public String id() {
            return "linux.file-access";
        }
    }

    /** @param owner user and group, as numbers */
    public record File(String path, String mode, String owner) {
        String right() {
            return SCRIPTS.stream().anyMatch(path::startsWith) ? "755" : "644";
        }
    }

    /** What was found. */
    public record Facts(List<File> files) {}

    @Override
    public String name() {
        return "linux.file-access";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        return List.of(new Want());
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(FIND, MARKED);
    }

    private static Question.Command ask(List<String> first, List<String> rest) {
        return Question.command(
                Stream.of(first, FOLDERS, rest).flatMap(List::stream).toList());
    }

    /** Folders that are missing make find(1) fail, and tell nothing. */
    @Override
    public Facts facts(Want want, Answers answers) {
        List<File> out = new ArrayList<>();
        String found = answers.to(FIND).stdout();
        Set<String> marked = answers.to(MARKED).stdout().lines().collect(Collectors.toSet());
        for (String line : found.lines().sorted().toList()) {
            Matcher match = LINE.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("find -printf '%m %U:%G %p': '" + line + "'");
            String path = match.group("path");
            if (!marked.contains(path) && !path.startsWith(UNMARKED)) continue;
            out.add(new File(path, match.group("mode"), match.group("owner")));
        }
        return new Facts(out);
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(List.of());
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        for (File file : have.files()) {
            if (!file.owner().equals("0:0")) out.add(Change.state(file.path() + " owner", file.owner(), "0:0"));
            if (!file.mode().equals(file.right()))
                out.add(Change.state(file.path() + " mode", file.mode(), file.right()));
        }
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (File file : have.files()) {
            if (has(changes, file.path() + " owner")) {
                out.add(Step.run(Argv.of("chown", "0:0", file.path()), Argv.of("chown", file.owner(), file.path())));
            }
            // chown(2) may take bits of the mode away: that is set last.
            if (has(changes, file.path() + " mode")) {
                out.add(Step.run(
                        Argv.of("chmod", file.right(), file.path()), Argv.of("chmod", file.mode(), file.path())));
            }
        }
        return out;
    }

    private static boolean has(List<Change> changes, String subject) {
        return changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, subject));
    }
}
