package org.linkctl.modules.hosttimers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.linkctl.model.HostTimer;

/** The times of a timer, as each system writes them. */
public final class Times {
    private static final List<String> OF_SYSTEMD = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    private Times() {}

    /** Values of OnCalendar= (systemd.time(7), CALENDAR EVENTS); it is run at each of them. */
    public static List<String> calendar(HostTimer timer) {
        String days = days(timer).stream().map(OF_SYSTEMD::get).collect(Collectors.joining(","));
        String day = (days.isEmpty() ? "" : days + " ") + "*-*-* ";
        Optional<HostTimer.Interval> interval = timer.interval();
        if (interval.isEmpty())
            return timer.times().stream()
                    .sorted()
                    .map(time -> day + time + ":00")
                    .toList();
        int count = interval.get().count();
        String clock = interval.get().hours()
                ? (count == 1 ? "*" : "00/" + count) + ":00:00"
                : "*:" + (count == 1 ? "*" : "00/" + count) + ":00";
        return List.of(day + clock);
    }

    /** The first five fields of lines of crontab(5). */
    public static List<String> crontab(HostTimer timer) {
        // Monday is 1, Sunday 0; lists of names are not for all versions.
        String days = days(timer).stream()
                .map(day -> Integer.toString((day + 1) % HostTimer.DAYS.size()))
                .sorted()
                .collect(Collectors.joining(","));
        String day = " * * " + (days.isEmpty() ? "*" : days);
        Optional<HostTimer.Interval> interval = timer.interval();
        List<String> out = new ArrayList<>();
        if (interval.isPresent()) {
            int count = interval.get().count();
            String step = count == 1 ? "*" : "*/" + count;
            out.add((interval.get().hours() ? "0 " + step : step + " *") + day);
        } else {
            for (String time : timer.times().stream().sorted().toList())
                out.add(Integer.parseInt(time.substring(3)) + " " + Integer.parseInt(time.substring(0, 2)) + day);
        }
        return out;
    }

    private static List<Integer> days(HostTimer timer) {
        return timer.days().stream().map(HostTimer.DAYS::indexOf).sorted().toList();
    }
}
