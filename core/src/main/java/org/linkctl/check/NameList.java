package org.linkctl.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names as a message lists them: those that a loop numbered as their first and last, and of very many the first ones. */
public final class NameList {
    /** So many numbers in a row are shorter as a range. */
    private static final int RANGE = 4;

    private static final int MOST = 20;
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(0|[1-9][0-9]{0,8})([^0-9]*)");

    /** What stands around a number. */
    private record Frame(String before, String after) {
        String with(int number) {
            return before + number + after;
        }
    }

    private NameList() {}

    /** In the order of the first of each range; each name once. */
    public static String of(Collection<String> names) {
        List<String> parts = parts(new LinkedHashSet<>(names));
        String shown = parts.stream().limit(MOST).collect(Collectors.joining(", "));
        return parts.size() > MOST ? shown + " and " + (parts.size() - MOST) + " more" : shown;
    }

    private static List<String> parts(Set<String> names) {
        Map<String, String> ranges = ranges(names);
        List<String> parts = new ArrayList<>();
        Set<String> told = new LinkedHashSet<>();
        for (String name : names) {
            String range = ranges.get(name);
            if (range == null) parts.add(Names.shown(name));
            else if (told.add(range)) parts.add(range);
        }
        return parts;
    }

    /** The range of each name that is in one. */
    private static Map<String, String> ranges(Set<String> names) {
        Map<Frame, TreeSet<Integer>> numbers = new HashMap<>();
        for (String name : names) {
            Matcher parts = NUMBERED.matcher(name);
            if (parts.matches()) {
                numbers.computeIfAbsent(new Frame(parts.group(1), parts.group(3)), none -> new TreeSet<>())
                        .add(Integer.parseInt(parts.group(2)));
            }
        }
        Map<String, String> ranges = new TreeMap<>();
        numbers.forEach((frame, found) -> {
            for (int first : found) {
                if (found.contains(first - 1)) continue;
                int last = first;
                while (found.contains(last + 1)) last++;
                if (last - first + 1 < RANGE) continue;
                String range = Names.shown(frame.with(first)) + " … " + Names.shown(frame.with(last));
                for (int number = first; number <= last; number++) ranges.put(frame.with(number), range);
            }
        });
        return ranges;
    }
}
