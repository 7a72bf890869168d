package org.linkctl.dsl.words;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.model.Host;
import org.linkctl.net.Ip;
import org.linkctl.playbook.Action;

/** The words {@code watch} and {@code outage}, which belong together by a name. */
final class Watches {
    /** As part of the name of a file; that of an interface is one. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final PlaybookRun run;
    private final ModelValues model;
    private final AttributeValues values;
    private final String name;

    Watches(PlaybookRun run, ModelValues model, AttributeValues values, String name) {
        this.run = run;
        this.model = model;
        this.values = values;
        this.name = name;
    }

    Optional<Action.Watch> begin(Map<String, Object> attributes) {
        Host from = host("from", attributes.get("from"));
        Host to = host("to", attributes.get("to"));
        if (!NAME.matcher(name).matches())
            return wrong(
                    "'" + MessageText.shown(name) + "' is no name for a ping",
                    "letters, digits, '.', '_' and '-', 64 at most, the first a letter or a digit",
                    null);
        if (run.watches().mayGoOn(name, phase())) return wrong("a ping '" + name + "' has begun before", "", null);
        if (from == null || to == null) return Optional.empty();
        if (from.equals(to)) return wrong("watch: from: and to: are the same host, " + from.name(), "", null);
        for (boolean v6 : new boolean[] {false, true}) {
            Optional<Ip> source = run.fabric().lanAddress(from, v6);
            Optional<Ip> target = run.fabric().lanAddress(to, v6);
            if (source.isEmpty() || target.isEmpty()) continue;
            Action.Watch watch =
                    new Action.Watch(name, from, to, source.get(), target.get(), values.flagOr("tcp", false));
            run.watches().begin(watch, phase());
            return Optional.of(watch);
        }
        return wrong(
                "watch: " + from.name() + " and " + to.name() + " have no addresses of one family on their LANs",
                "the ping takes the routes between LANs",
                null);
    }

    private @Nullable Host host(String attribute, @Nullable Object value) {
        if (value == null) return null;
        List<Host> hosts = model.hosts(values.use(), attribute, value);
        if (hosts.size() > 1) {
            values.refuse(values.use().of(attribute), attribute + ": expected one host, got " + hosts.size(), "", null);
        }
        return hosts.isEmpty() ? null : hosts.getFirst();
    }

    Optional<Action.Outage> end(int most) {
        Optional<Action.Watch> watch = run.watches().end(name, phase());
        if (watch.isPresent()) return Optional.of(new Action.Outage(watch.get(), most));
        return wrong(
                "no ping '" + MessageText.shown(name) + "' has begun before this step",
                "watch('name', from: …, to: …) begins one",
                MessageText.suggestion(name, run.watches().names()));
    }

    private PlaybookRun.Phase phase() {
        return run.tasks().phase();
    }

    private <T> Optional<T> wrong(String summary, String detail, @Nullable String meant) {
        values.refuse(values.use().ofName(), summary, detail, meant);
        return Optional.empty();
    }
}
