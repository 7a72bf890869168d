package org.linkctl.modules.linux.sysctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;

/**
 * The queueing disciplines that the kernel attached by itself (tc(8)). {@code net.core.default_qdisc} is looked at when an
 * interface first comes up: those that are up keep what they have until the next boot, unless the kernel is made to choose
 * again (net/sched/sch_generic.c, attach_default_qdiscs).
 *
 * @param kinds by interface: of one with several transmit queues the kind below {@code mq}
 */
record Qdiscs(Map<String, String> kinds) {
    private static final Question.Command COMMAND = Question.command("tc", "-j", "qdisc", "show");

    /** Interfaces that need none, such as bonds and tunnels, get none whatever the default is. */
    private static final String NONE_NEEDED = "noqueue";

    /** Of an interface that was never up. */
    private static final String NOT_YET = "noop";

    /** How the subject of a change of one ends. */
    static final String SUBJECT = " qdisc";

    private static final String SEVERAL_QUEUES = "mq";

    static final Qdiscs NONE = new Qdiscs(Map.of());

    Qdiscs {
        kinds = Map.copyOf(kinds);
    }

    static Question.Command question() {
        return COMMAND;
    }

    /** One that somebody attached has a handle of its own; the kernel's has 0. */
    static Qdiscs read(Answers answers) {
        Answer.Output output = answers.to(COMMAND);
        if (output.exit() == 127) return NONE;
        Map<String, String> roots = new LinkedHashMap<>();
        Map<String, String> below = new LinkedHashMap<>();
        for (JsonNode one : Json.objects(COMMAND.argv().render(), answers.stdout(COMMAND))) {
            boolean own = Json.text(one, "handle").equals("0:");
            String device = Json.text(one, "dev");
            if (one.path("root").asBoolean() && own) roots.put(device, Json.text(one, "kind"));
            else if (one.has("parent")) below.merge(device, own ? Json.text(one, "kind") : "", Qdiscs::same);
        }
        Map<String, String> out = new LinkedHashMap<>();
        roots.forEach((device, kind) -> {
            String counts = kind.equals(SEVERAL_QUEUES) ? below.getOrDefault(device, "") : kind;
            if (!counts.isEmpty() && !counts.equals(NONE_NEEDED) && !counts.equals(NOT_YET)) out.put(device, counts);
        });
        return new Qdiscs(out);
    }

    /** Empty: somebody attached one below. */
    private static String same(String one, String other) {
        return one.equals(other) || other.isEmpty() ? other : one.isEmpty() ? one : one + ", " + other;
    }

    /** What differs on interfaces that are up where this is to be the default. */
    List<Change> changes(String wanted) {
        List<Change> out = new ArrayList<>();
        new TreeMap<>(kinds).forEach((device, kind) -> {
            if (!kind.equals(wanted)) out.add(Change.state(device + SUBJECT, kind, wanted));
        });
        return out;
    }

    /**
     * The new default and the interfaces that are up. Where a qdisc that was attached by hand is deleted, the kernel
     * attaches its default; which is why the first step's undo is right: it comes after the former default is back.
     *
     * @param write what makes the default, in order
     */
    List<Step> around(List<Step> write, List<Change> changes) {
        List<Step> first = new ArrayList<>();
        List<Step> last = new ArrayList<>();
        for (String device : new TreeMap<>(kinds).keySet()) {
            if (changes.stream().noneMatch(change -> change.is(Change.Kind.STATE, device + SUBJECT))) continue;
            Argv attach = Argv.of("tc", "qdisc", "replace", "dev", device, "root", "pfifo");
            Argv delete = Argv.of("tc", "qdisc", "delete", "dev", device, "root");
            first.add(Step.run(attach, attach, delete));
            last.add(Step.run(delete));
        }
        List<Step> out = new ArrayList<>(first);
        out.addAll(write);
        out.addAll(last);
        return out;
    }
}
