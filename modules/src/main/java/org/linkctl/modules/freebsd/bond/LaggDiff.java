package org.linkctl.modules.freebsd.bond;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** How a lagg(4) that is there differs from the wanted one, and the commands of ifconfig(8) that end it. */
final class LaggDiff {
    /** How long partners need to agree anew: LACP sends every second while it does (IEEE 802.1AX, fast periodic time). */
    private static final int AGREED = 3;

    private LaggDiff() {}

    /** What differs of a lagg that is there. */
    static List<Change> changes(String name, LaggSetup wanted, LaggSetup now) {
        List<Change> out = new ArrayList<>();
        boolean other = !wanted.proto().equals(now.proto());
        if (other) {
            out.add(Change.state(name + " laggproto", now.proto(), wanted.proto())
                    .cuts(AGREED));
        }
        if (!wanted.hash().equals(now.hash())) {
            out.add(Change.state(name + " lagghash", now.hash(), wanted.hash()));
        }
        if (wanted.fast() != now.fast()) {
            out.add(Change.state(name + " lacp_fast_timeout", onOff(now.fast()), onOff(wanted.fast())));
        }
        for (String member : wanted.members()) {
            if (!now.members().contains(member)) out.add(Change.state(port(name, member), null, "present"));
        }
        boolean stays = wanted.members().stream().anyMatch(now.members()::contains);
        for (String member : now.members()) {
            if (wanted.members().contains(member)) continue;
            Change gone = Change.state(port(name, member), "present", null);
            out.add(stays ? gone : gone.cuts(AGREED));
        }
        return out;
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    private static String port(String name, String member) {
        return name + " laggport " + member;
    }

    /** Members come before others go, so that one is there at any time; a timeout comes after what it is one of. */
    static List<Step> steps(String name, @Nullable LaggSetup wanted, @Nullable LaggSetup now, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            String after = change.after();
            if (change.subject().startsWith("route ")) continue; // it goes by itself
            if (change.kind() == Change.Kind.FILE) {
                out.add(
                        after == null
                                ? new Step.RemoveFile(change.subject())
                                : Step.put(change.subject(), "0644", after));
            } else if (change.subject().endsWith(" link")) {
                String member = change.subject().replaceFirst(" link$", "");
                out.add(Step.run(Argv.of("ifconfig", member, "up"), Argv.of("ifconfig", member, "down")));
            } else if (change.is(Change.Kind.STATE, name)) {
                if (wanted == null) destroy(out, name, now);
                else create(out, name, wanted);
            } else out.add(one(name, change));
        }
        return out;
    }

    private static void create(List<Step> out, String name, LaggSetup setup) {
        Argv destroy = Argv.of("ifconfig", name, "destroy");
        out.add(Step.run(Argv.of("ifconfig", name, "create"), destroy));
        out.add(Step.run(ifconfig(name, setup.words())));
    }

    private static void destroy(List<Step> out, String name, @Nullable LaggSetup now) {
        List<Argv> undo = new ArrayList<>(List.of(Argv.of("ifconfig", name, "create")));
        if (now != null) undo.add(ifconfig(name, now.words()));
        out.add(new Step.Run(Argv.of("ifconfig", name, "destroy"), undo));
    }

    private static Step one(String name, Change change) {
        String word = change.subject().substring(name.length() + 1);
        if (word.startsWith("laggport ")) {
            String member = word.substring("laggport ".length());
            Argv add = ifconfig(name, List.of("laggport", member));
            Argv delete = ifconfig(name, List.of("-laggport", member));
            return change.after() == null ? Step.run(delete, add) : Step.run(add, delete);
        }
        return Step.run(set(name, word, change.after()), set(name, word, change.before()));
    }

    private static Argv set(String name, String word, @Nullable String value) {
        if (word.equals("lacp_fast_timeout")) {
            return ifconfig(name, List.of("on".equals(value) ? word : "-" + word));
        }
        return ifconfig(name, List.of(word, String.valueOf(value)));
    }

    private static Argv ifconfig(String name, List<String> words) {
        List<String> all = new ArrayList<>(List.of("ifconfig", name));
        all.addAll(words);
        return new Argv(all);
    }
}
