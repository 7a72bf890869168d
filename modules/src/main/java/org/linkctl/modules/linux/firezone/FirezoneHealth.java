package org.linkctl.modules.linux.firezone;

import java.util.List;
import org.linkctl.modules.linux.firezonefiles.Versions;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;

/** What {@code linkctl verify} says of a gateway. Kernel parameters and the masquerade have findings of their own. */
final class FirezoneHealth {
    /** One connection; with the port as its argument. Every Linux has bash, whose /dev/tcp is a connection; few have curl. */
    static final String READY = "exec 3<>\"/dev/tcp/127.0.0.1/$1\" && "
            + "printf \"GET /readyz HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n\\r\\n\" >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]";

    private static final String SUBJECT = "Firezone gateway";

    private FirezoneHealth() {}

    static Question.Command ready(FirezoneWant.Declared declared) {
        return Question.command("timeout", "3", "bash", "-c", READY, "ready", Integer.toString(declared.port()));
    }

    static List<Finding> findings(FirezoneWant.Declared declared, FirezoneFacts have, Answers answers) {
        String version = Versions.versionOf(declared.program());
        if (!have.service().running())
            return List.of(Finding.bad(SUBJECT, "is " + have.service().state().active()));
        if (!declared.program().equals(have.running())) {
            String other = have.running() == null ? "it is not known which" : have.running();
            return List.of(Finding.bad(SUBJECT, "runs another version than " + version + ": " + other));
        }
        if (!answers.to(ready(declared)).ok())
            return List.of(
                    Finding.bad(SUBJECT, "is not ready: no good answer of 127.0.0.1:" + declared.port() + "/readyz"));
        if (!have.tokenInUse())
            return List.of(Finding.bad(SUBJECT, "runs with a token that is not the one in its file"));
        return List.of(Finding.good(SUBJECT, "version " + version + " runs and is ready"));
    }
}
