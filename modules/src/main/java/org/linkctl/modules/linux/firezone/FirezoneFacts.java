package org.linkctl.modules.linux.firezone;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.firezonefiles.Versions;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * What was found of a gateway.
 *
 * @param script that starts it; null: there is none
 * @param token the content of its file; null: there is none
 * @param access mode in octal, owner and group of that file; empty: there is none
 * @param running the program that the process which runs was started from; null: that is not noted
 * @param tokenInUse whether the process has what stands in the file
 */
record FirezoneFacts(
        KeptService.Found service,
        Versions versions,
        @Nullable String script,
        @Nullable Secret token,
        String access,
        @Nullable String running,
        boolean tokenInUse) {
    static final FirezoneFacts NONE =
            new FirezoneFacts(KeptService.Found.NONE, Versions.NONE, null, null, "", null, false);

    static final String PRIVATE = "600 0 0";

    private static final Question.ReadFile SCRIPT = Question.file(FirezoneService.PROGRAM);
    private static final Question.ReadSecret WRITTEN = Question.secret(FirezoneService.TOKEN);
    private static final Question.Command ACCESS = Question.command("stat", "-c", "%a %u %g", FirezoneService.TOKEN);
    private static final Question.Command SAME =
            Question.command("cmp", "-s", FirezoneService.TOKEN, FirezoneService.CREDENTIAL);
    private static final Question.ReadFile STARTED = Question.file(FirezoneService.RUNNING);

    static List<Question<?>> questions(FirezoneWant want) {
        List<Question<?>> out = new ArrayList<>(want.service().questions());
        out.addAll(Versions.questions());
        out.addAll(List.of(SCRIPT, WRITTEN, ACCESS, SAME, STARTED));
        return out;
    }

    static FirezoneFacts read(FirezoneWant want, Answers answers) {
        Answer.Output access = answers.to(ACCESS);
        return new FirezoneFacts(
                want.service().read(answers),
                Versions.read(answers),
                answers.to(SCRIPT).orElse(null),
                answers.to(WRITTEN).orElse(null),
                access.ok() ? access.stdout().strip() : "",
                answers.to(STARTED).map(String::strip).orElse(null),
                answers.to(SAME).ok());
    }

    /** The program that the link leads to. */
    Optional<String> current() {
        return versions.current();
    }
}
