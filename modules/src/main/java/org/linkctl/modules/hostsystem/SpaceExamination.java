package org.linkctl.modules.hostsystem;

import com.google.auto.service.AutoService;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Sight;
import org.linkctl.spi.UnreadableFacts;

/** Whether there is room for the undo and the records that linkctl keeps on a host, and whether they can be written. */
@AutoService(Examination.class)
public final class SpaceExamination implements Examination {
    private static final String HOME = "/var/lib/linkctl";

    /** POSIX: the folder, or, where it is not there yet, one above it. */
    private static final Question.Command FREE = Question.command("df", "-Pk", HOME, "/var/lib", "/var");

    /** Linux alone (proc_pid_mounts(5)). */
    private static final Question.ReadFile MOUNTS = Question.file("/proc/self/mounts");

    private static final String SUBJECT = "disk";

    /** A run keeps copies of the files that it changes, some kilobytes each. */
    private static final long LEAST_KIB = 10_240;

    private static final long PLENTY_KIB = 102_400;

    @Override
    public String name() {
        return SUBJECT;
    }

    @Override
    public List<Question<?>> questions(Scope scope, Look look, Sight sight) {
        return look == Look.FIRST ? List.of(FREE, MOUNTS) : List.of();
    }

    @Override
    public List<Diagnosis> diagnoses(Scope scope, Sight sight) {
        var answers = sight.first(scope);
        String said = answers.to(FREE).stdout();
        String line =
                said.lines().skip(1).findFirst().orElseThrow(() -> new UnreadableFacts(FREE.argv() + ": no line"));
        String[] fields = line.strip().split("\\s+");
        if (fields.length < 6 || !fields[3].matches("-?[0-9]+"))
            throw new UnreadableFacts(FREE.argv() + ": '" + line + "'");
        long free = Long.parseLong(fields[3]);
        String mount = String.join(" ", Arrays.asList(fields).subList(5, fields.length));
        if (isReadOnly(answers.to(MOUNTS), mount)) {
            return List.of(Diagnosis.inTheWay(
                    SUBJECT,
                    "the file system at " + mount + ", where " + HOME + " is, is mounted read-only",
                    "mount it for writing; linkctl keeps the undo of a change there"));
        }
        String text = shown(free) + " free for " + HOME;
        if (free < LEAST_KIB) {
            return List.of(Diagnosis.inTheWay(
                    SUBJECT, text, "free some space at " + mount + ": linkctl keeps the undo of a change there"));
        }
        return List.of(
                free < PLENTY_KIB
                        ? Diagnosis.doubtful(SUBJECT, text, "free some space at " + mount + "; packages need more")
                        : Diagnosis.fine(SUBJECT, text));
    }

    /** What was mounted last counts. */
    private static boolean isReadOnly(Optional<String> mounts, String at) {
        return mounts.orElse("")
                .lines()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > 3 && fields[1].equals(at))
                .reduce((one, later) -> later)
                .map(fields -> List.of(fields[3].split(",")).contains("ro"))
                .orElse(false);
    }

    private static String shown(long kib) {
        return kib < 10 * 1024 * 1024 ? kib / 1024 + " MiB" : kib / 1024 / 1024 + " GiB";
    }
}
