package org.linkctl.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/**
 * A command that a host runs at certain times. What is taken is what OnCalendar= (systemd.time(7)) and a line of crontab(5)
 * can both say, so that it means the same on every system. One of {@code every} and {@code times} is given.
 *
 * @param every such as {@code 15m} or {@code 6h}
 * @param times of the day, such as {@code 03:10}
 * @param days of the week; empty: each
 * @param command the path of the program, and its arguments
 */
public record HostTimer(
        String host,
        String name,
        @Nullable String every,
        List<String> times,
        List<String> days,
        List<String> command,
        String user,
        Place at)
        implements HostIntent {
    public static final String USER = "root";

    /** Monday is the first, which crontab(5) counts as 1. */
    public static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern EVERY = Pattern.compile("(?<count>[1-9][0-9]{0,3})(?<unit>[mh])");
    private static final Pattern TIME = Pattern.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]");

    /** useradd(8), CAVEATS; pw(8). */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_-]{0,30}");

    private static final Pattern REFERENCE = Pattern.compile("secret\\('[^'\\n]*'\\)");

    private static final int MINUTES = 60;
    private static final int HOURS = 24;

    /** A unit's line, and the script that cron runs, are read as one line. */
    private static final int LONGEST_ARGUMENT = 1000;

    private static final int MOST_WORDS = 100;
    private static final int MOST_TIMES = 24;

    /** How often it runs within an hour or a day. */
    public record Interval(int count, boolean hours) {}

    public HostTimer {
        times = List.copyOf(times);
        days = List.copyOf(days);
        command = List.copyOf(command);
    }

    /** What {@code every} says, where it says something that both systems can. */
    public Optional<Interval> interval() {
        Matcher match = EVERY.matcher(every == null ? "" : every);
        if (!match.matches()) return Optional.empty();
        int count = Integer.parseInt(match.group("count"));
        boolean hours = "h".equals(match.group("unit"));
        int whole = hours ? HOURS : MINUTES;
        return count < whole && whole % count == 0 ? Optional.of(new Interval(count, hours)) : Optional.empty();
    }

    @Override
    public String subject() {
        return "timer " + name;
    }

    @Override
    public List<Wrong> wrong() {
        List<Wrong> out = new ArrayList<>();
        if (!NAME.matcher(name).matches())
            out.add(new Wrong("name", name, "is no name of a timer", "small letters, digits and -, 40 at most"));
        if (every != null && interval().isEmpty()) {
            String right =
                    "minutes of which an hour is a multiple ('1m' to '30m': 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30), or hours"
                            + " of which a day is ('1h', '2h', '3h', '4h', '6h', '8h', '12h'); once a day is at: '03:10'";
            out.add(new Wrong("every", every, "cannot be said by cron(8) and systemd alike", right));
        }
        listed(times, "at", TIME, "is no time of the day", "hours and minutes, from '00:00' to '23:59'", out);
        if (times.size() > MOST_TIMES)
            out.add(new Wrong("at", times.getLast(), "is one too many", MOST_TIMES + " times of the day at most"));
        String names = "one or more of '" + String.join("', '", DAYS) + "'";
        listed(days, "days", Pattern.compile(String.join("|", DAYS)), "is no day of the week", names, out);
        command(out);
        if (!ACCOUNT.matcher(user).matches()) {
            String right = "small letters, digits, _ and -, 31 at most, the first no digit";
            out.add(new Wrong("user", user, "is no name of a user", right));
        }
        return out;
    }

    private static void listed(
            List<String> values, String attribute, Pattern form, String why, String right, List<Wrong> out) {
        Set<String> seen = new HashSet<>();
        for (String value : values) {
            if (!form.matcher(value).matches()) out.add(new Wrong(attribute, value, why, right));
            else if (!seen.add(value)) out.add(new Wrong(attribute, value, "is named twice", "each once"));
        }
    }

    private void command(List<Wrong> out) {
        if (command.isEmpty()) return;
        String program = command.getFirst();
        if (!HostFile.isPath(program)) {
            String right =
                    "the path of a program, from / on, and its arguments, a word each: ['/usr/local/bin/probe', '-a', '192.0.2.1'];"
                            + " no shell reads them";
            out.add(new Wrong("run", program, "is no path of a program", right));
        }
        for (String word : command.subList(1, command.size())) {
            String right = "printable ASCII, " + LONGEST_ARGUMENT + " characters at most; the rest belongs into a file";
            if (!word.matches("[ -~]{0," + LONGEST_ARGUMENT + "}"))
                out.add(new Wrong("run", word, "is no argument of a timer's command", right));
            else if (REFERENCE.matcher(word).find()) {
                String file =
                        "every user of the host sees a command's arguments; a file by secret: holds it for the program";
                out.add(new Wrong("run", word, "would be written as it stands", file));
            }
        }
        if (command.size() > MOST_WORDS)
            out.add(new Wrong("run", command.getLast(), "is one too many", MOST_WORDS + " words at most"));
    }
}
