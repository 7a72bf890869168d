package org.linkctl.modules.linux.systemd;

import java.util.HashMap;
import java.util.Map;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.UnreadableFacts;

/**
 * What systemd says of a unit of ours (systemctl(1) show, org.freedesktop.systemd1(5)).
 *
 * @param active such as {@code active} or {@code failed}
 * @param atBoot such as {@code enabled}; {@code not-found} where there is no such unit
 * @param outdated its file is another than the one that systemd has read
 */
public record UnitState(String active, String atBoot, boolean outdated) {
    public static final UnitState NONE = new UnitState("inactive", "not-found", false);

    public static Question.Command question(String unit) {
        return Question.command("systemctl", "show", "--property=ActiveState,UnitFileState,NeedDaemonReload", unit);
    }

    public static String path(String unit) {
        return "/etc/systemd/system/" + unit;
    }

    /** Asks for the file of a unit that linkctl makes. */
    public static Question.ReadFile file(String unit) {
        return Question.file(path(unit));
    }

    /** @throws Refused where systemd does not run the host */
    public static UnitState read(String unit, Answers answers) {
        Question.Command question = question(unit);
        Answer.Output out = answers.to(question);
        if (out.exit() == 127 || out.stderr().contains("not been booted with systemd")) {
            throw new Refused("no systemd runs this host: " + unit + " cannot be kept there");
        }
        Map<String, String> values = new HashMap<>();
        for (String line : answers.stdout(question).lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        String file = value(unit, values, "UnitFileState");
        return new UnitState(
                value(unit, values, "ActiveState"),
                file.isEmpty() ? "not-found" : file,
                switch (value(unit, values, "NeedDaemonReload")) {
                    case "yes" -> true;
                    case "no" -> false;
                    default -> throw new UnreadableFacts(unit + ": NeedDaemonReload is neither yes nor no");
                });
    }

    private static String value(String unit, Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) throw new UnreadableFacts("systemctl show " + unit + ": no " + key);
        return value;
    }

    public boolean isActive() {
        return active.equals("active");
    }

    public boolean isEnabled() {
        return atBoot.equals("enabled");
    }
}
