package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.linkctl.engine.Access;
import org.linkctl.engine.Checkup;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Unreachable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Examination.Look;
import org.linkctl.spi.Published;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Sight;
import org.linkctl.spi.UnreadableFacts;

/**
 * Looks at the selected hosts, and asks those at the other ends of their links what they need of them. It asks in three
 * looks, each of all hosts at once, and changes nothing.
 */
public final class Doctor {
    private static final Question.Command WHO = Question.command("id", "-u");

    private final Fabric fabric;
    private final RunPlanner planner;
    private final List<Examination> examinations;
    private final Fleet fleet;
    private final ModuleDiagnoses modules;
    private final Map<Host, Map<Look, Answers>> answered = new ConcurrentHashMap<>();
    private final Map<Host, Unreachable> lost = new ConcurrentHashMap<>();
    private final Map<Host, Access> accesses = new ConcurrentHashMap<>();
    private final Map<Host, Clock> clocks = new ConcurrentHashMap<>();

    Doctor(Fabric fabric, RunPlanner planner, List<Examination> examinations, Fleet fleet) {
        this.fabric = fabric;
        this.planner = planner;
        this.examinations = List.copyOf(examinations);
        this.fleet = fleet;
        this.modules = new ModuleDiagnoses(planner);
    }

    public Map<Host, Checkup> examine() {
        List<Host> all = Stream.concat(planner.selected().stream(), planner.peers().stream())
                .toList();
        for (Look look : Look.values()) {
            Sight before = sight();
            fleet.each(
                    all.stream().filter(host -> !lost.containsKey(host)).toList(),
                    host -> look(host, look, before),
                    (host, why) -> lost.putIfAbsent(host, why) == null);
        }
        Sight sight = sight();
        Published published = modules.published(first());
        Map<Host, Checkup> out = new LinkedHashMap<>();
        for (Host host : planner.selected()) out.put(host, checkup(host, sight, published));
        return out;
    }

    private boolean look(Host host, Look look, Sight before) {
        Set<Question<?>> questions = new LinkedHashSet<>();
        if (look == Look.FIRST) {
            questions.add(WHO);
            questions.addAll(modules.questions(host));
        }
        for (Examination one : examinations) questions.addAll(one.questions(scope(host), look, before));
        if (questions.isEmpty()) return true;
        Connection connection = fleet.connection(host);
        fleet.events().probing(host, questions.size());
        Answers answers = connection.ask(questions);
        planner.redact(answers);
        if (look == Look.FIRST) {
            connection.access().ifPresent(access -> accesses.put(host, access));
            requireRoot(answers);
            clock(host, connection);
        }
        answered.computeIfAbsent(host, _ -> new EnumMap<>(Look.class)).put(look, answers);
        return true;
    }

    /** {@code become: NONE} for a user that is not root: most answers would be others than root gets. */
    private static void requireRoot(Answers answers) {
        String who = answers.to(WHO).stdout().strip();
        if (who.equals("0")) return;
        throw new Unreachable(
                Unreachable.Stage.ROOT,
                "logged in, and its commands run with the user id " + (who.isEmpty() ? "of nobody known" : who)
                        + ", not as root",
                null,
                "log in as root, or let linkctl use sudo or doas: become: AUTO in the inventory");
    }

    private void clock(Host host, Connection connection) {
        try {
            clocks.put(host, Clock.ask(host, connection));
        } catch (UnreadableFacts | NumberFormatException e) {
            fleet.events().trace(host, "no clock: " + e.getMessage());
        }
    }

    private Map<Host, Answers> first() {
        Map<Host, Answers> out = new LinkedHashMap<>();
        for (Host host : fabric.hosts()) {
            Answers answers = answered.getOrDefault(host, Map.of()).get(Look.FIRST);
            if (answers != null) out.put(host, answers);
        }
        return out;
    }

    private Sight sight() {
        Map<String, Map<Look, Answers>> out = new LinkedHashMap<>();
        answered.forEach((host, answers) -> out.put(host.name(), answers));
        return new Sight(out);
    }

    private Scope scope(Host host) {
        return new Scope(fabric, host, Published.NOTHING);
    }

    private Checkup checkup(Host host, Sight sight, Published published) {
        List<Diagnosis> out = new ArrayList<>();
        Unreachable why = lost.get(host);
        Answers answers = first().get(host);
        if (why != null) out.add(Diagnosis.inTheWay(why.stage().shown(), why.why(), why.cure()));
        if (answers == null) {
            out.add(Diagnosis.notAsked("all else", "linkctl asks as root, over a connection that stands"));
            return new Checkup(false, out);
        }
        if (why == null) out.add(connected(host));
        for (Examination one : examinations) out.addAll(diagnoses(one, scope(host), sight));
        out.add(Clock.diagnosis(host, clocks));
        out.addAll(modules.of(host, published, answers, out));
        return new Checkup(why == null, out);
    }

    private Diagnosis connected(Host host) {
        Access access = accesses.get(host);
        if (access == null) return Diagnosis.fine("connection", "logged in as " + host.ssh() + ", and is root");
        String key = access.key().isEmpty() ? "" : " with the key " + access.key();
        String how = access.root().isEmpty() ? "" : " " + access.root();
        return Diagnosis.fine("connection", "logged in as " + access.login() + key + ", and is root" + how);
    }

    private List<Diagnosis> diagnoses(Examination one, Scope scope, Sight sight) {
        try {
            return one.diagnoses(scope, sight);
        } catch (Refused | UnreadableFacts e) {
            return List.of(ModuleDiagnoses.unread(one.name(), planner.redacted(String.valueOf(e.getMessage()))));
        } catch (RuntimeException e) {
            Refused told =
                    planner.unexpected(scope.host(), "a mistake in linkctl, while it looked at " + one.name(), e);
            return List.of(Diagnosis.doubtful(one.name(), String.valueOf(told.getMessage()), "report it"));
        }
    }
}
