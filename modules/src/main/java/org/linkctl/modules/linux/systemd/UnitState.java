package org.linkctl.modules.linux.systemd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.shell.Argv;
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
    /** Has systemd read the files of all units again. */
    public static final Argv RELOAD = Argv.of("systemctl", "daemon-reload");

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

    /**
     * What brings back a unit that was disabled and stopped, once its file is back.
     *
     * @param active as it was before, as is the next
     */
    public static List<Argv> restore(String unit, String active, String atBoot) {
        List<Argv> out = new ArrayList<>(List.of(RELOAD));
        if (atBoot.equals("enabled")) out.add(Argv.of("systemctl", "enable", unit));
        if (active.equals("active")) out.add(Argv.of("systemctl", "start", unit));
        return out;
    }
}
