package org.linkctl.modules.linux.timer;

import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.model.HostTimer;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.hosttimers.TimerWant;
import org.linkctl.modules.hosttimers.Times;

/** The texts of a timer's two units (systemd.timer(5), systemd.service(5)). */
final class TimerUnits {
    private TimerUnits() {}

    /** Of the runs that are due while one goes on, one follows at once (systemd.timer(5)); one while the host was off is left out. */
    static String timer(HostTimer timer) {
        String times =
                Times.calendar(timer).stream().map(time -> "OnCalendar=" + time).collect(Collectors.joining("\n"));
        return """
                %1$s
                [Unit]
                Description=When linkctl's timer %2$s runs

                [Timer]
                %3$s
                AccuracySec=1s

                [Install]
                WantedBy=timers.target
                """.formatted(OurFiles.MARK, timer.name(), times);
    }

    /** User= has HOME, USER and SHELL set, for root as well (systemd.exec(5), ENVIRONMENT VARIABLES). */
    static String service(HostTimer timer, String unit) {
        return """
                %1$s
                [Unit]
                Description=linkctl's timer %2$s

                [Service]
                Type=oneshot
                User=%3$s
                UMask=0022
                Environment=PATH=%4$s
                SyslogIdentifier=%5$s
                ExecStart=%6$s
                """.formatted(OurFiles.MARK, timer.name(), timer.user(), TimerWant.PATH, unit, command(timer.command()));
    }

    /**
     * Words as ExecStart= takes them (systemd.service(5), COMMAND LINES): quotes and backslashes are escaped, and so are the
     * signs of specifiers and variables.
     */
    private static String command(List<String> words) {
        return words.stream().map(TimerUnits::word).collect(Collectors.joining(" "));
    }

    private static String word(String word) {
        String text = word.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("%", "%%")
                .replace("$", "$$");
        return text.matches("[A-Za-z0-9_@+:=./,-]+") ? text : "\"" + text + "\"";
    }
}
