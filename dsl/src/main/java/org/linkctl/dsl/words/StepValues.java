package org.linkctl.dsl.words;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.Route;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.plan.ModuleNames;
import org.linkctl.plan.Way;
import org.linkctl.playbook.Batches;
import org.linkctl.spi.ReplacesKeys;

/** The values of one step of a playbook; what they name is looked up in the inventory, and reported where it is not there. */
final class StepValues {
    private final PlaybookRun run;
    private final AttributeValues values;
    private final Map<String, Object> attributes;
    private final ModelValues model;
    private final Fabric fabric;

    StepValues(PlaybookRun run, AttributeValues values, Map<String, Object> attributes) {
        this.run = run;
        this.values = values;
        this.attributes = attributes;
        this.model = new ModelValues(run);
        this.fabric = run.fabric();
    }

    /** The hosts of an attribute; all hosts where it is not given. None is refused: it would mean all of them later. */
    List<Host> hosts(String attribute) {
        if (attributes.get(attribute) == null && fabric.hosts().isEmpty())
            refuse(attribute, "the inventory has no host");
        List<Host> found = several(attribute);
        if (isEmptyList(attribute)) refuse(attribute, attribute + ": no host is left");
        return found;
    }

    /** The same, of hosts between which a route can be measured: without any the step would fail in any case. */
    List<Host> measured(String attribute) {
        List<Host> found = hosts(attribute);
        if (!found.isEmpty() && fabric.routes().stream().noneMatch(route -> joins(route, found))) {
            refuse(attribute, "no route joins two of these hosts");
        }
        return found;
    }

    private static boolean joins(Route route, List<Host> hosts) {
        return route.between().stream()
                .allMatch(site -> hosts.stream().anyMatch(host -> host.site().equals(site)));
    }

    /** The same, where none is as good as any number. */
    List<Host> several(String attribute) {
        if (isNull(attribute)) return List.of();
        return model.hosts(values.use(), attribute, attributes.get(attribute));
    }

    /**
     * The names of the tunnels of an attribute, which get new keys.
     *
     * @param whyNot why one cannot be among them; empty: it can
     * @param key what is replaced
     * @param only what the step is limited to; empty: it is not
     */
    List<String> rotated(String attribute, Function<Tunnel, String> whyNot, ReplacesKeys.Key key, List<String> only) {
        if (isNull(attribute)) return List.of();
        List<Tunnel> found = model.tunnels(values.use(), attribute, attributes.get(attribute));
        if (isEmptyList(attribute)) refuse(attribute, attribute + ": no tunnel is left");
        for (Tunnel tunnel : found) {
            String why = whyNot.apply(tunnel);
            if (!why.isEmpty()) refuse(attribute, attribute + ": " + why);
        }
        List<String> leftOut = run.modules().leftOut(fabric, found, key, only);
        if (!leftOut.isEmpty())
            values.refuse(
                    values.use().of("only"),
                    "only: leaves out " + MessageText.list(leftOut) + ", and " + attribute
                            + ": would replace no key without",
                    "for it alone: only: ['" + String.join("', '", run.modules().replacing(key)) + "']",
                    null);
        return found.stream().map(Tunnel::name).toList();
    }

    /** Names of modules, as {@code --only} takes them. */
    List<String> modules(String attribute) {
        List<String> names = values.texts(attribute);
        if (isEmptyList(attribute)) refuse(attribute, attribute + ": no module is left");
        for (String name : names) {
            List<String> known = run.modules().all();
            if (known.isEmpty() || known.stream().anyMatch(one -> one.equals(name) || one.endsWith("." + name)))
                continue;
            List<String> near = new ArrayList<>(known);
            known.forEach(one -> near.add(ModuleNames.withoutSystem(one)));
            values.refuse(
                    values.use().of(attribute, name),
                    attribute + ": no module '" + MessageText.shown(name) + "'",
                    "`linkctl version -v` names them",
                    MessageText.suggestion(name, near));
        }
        return names;
    }

    private boolean isEmptyList(String attribute) {
        return attributes.get(attribute) instanceof Iterable<?> list
                && !list.iterator().hasNext();
    }

    private boolean isNull(String attribute) {
        boolean written = attributes.containsKey(attribute) && attributes.get(attribute) == null;
        if (!written || values.use().ignored().contains(attribute)) return false;
        refuse(attribute, attribute + ": is null");
        return true;
    }

    private void refuse(String attribute, String summary) {
        values.refuse(values.use().of(attribute), summary, "", null);
    }

    /** How many hosts at once: a number, or a share of each site such as {@code '25%'}. */
    Batches.Size batch(String attribute) {
        Object value = attributes.get(attribute);
        String text = value == null ? "1" : String.valueOf(value);
        if ((value == null || value instanceof Integer || value instanceof CharSequence)
                && text.matches("0*[1-9][0-9]{0,5}%?")) {
            if (!text.endsWith("%")) return new Batches.Size.Hosts(Integer.parseInt(text));
            int percent = Integer.parseInt(text.substring(0, text.length() - 1));
            if (percent <= 100) return new Batches.Size.Share(percent);
        }
        refuse(
                attribute,
                attribute + ": expected how many hosts at once, 1 or more, or a share of each site such as '25%', got "
                        + MessageText.quoted(value));
        return new Batches.Size.Hosts(1);
    }

    /** A number of 1 or more, such as of seconds. */
    int positive(String attribute, int otherwise) {
        int number = values.number(attribute).orElse(otherwise);
        if (number > 0) return number;
        refuse(attribute, attribute + ": expected 1 or more, got " + number);
        return otherwise;
    }

    /** A number from 1. */
    int upTo(int most, String attribute, int otherwise) {
        int number = positive(attribute, otherwise);
        if (number <= most) return number;
        refuse(attribute, attribute + ": expected 1 to " + most + ", got " + number);
        return otherwise;
    }

    /** The one host that a step is for. */
    Optional<Host> host(@Nullable Object value) {
        if (value == null || value instanceof Tunnel || value instanceof Route) {
            wrong(values.use().word() + ": expected a host, or its name, got " + MessageText.quoted(value), "");
            return Optional.empty();
        }
        List<Host> found = model.hosts(values.use(), "", value);
        if (found.size() == 1) return Optional.of(found.getFirst());
        String word = values.use().word();
        if (value instanceof Iterable<?> list && !list.iterator().hasNext()) {
            wrong(word + ": no host is left", "");
        } else if (found.size() > 1) {
            wrong(word + " is for one host, here are " + found.size(), severalHosts(word));
        }
        return Optional.empty();
    }

    private static String severalHosts(String word) {
        return "for several: eachHost(among: …) { host -> " + word + "(host"
                + (word.endsWith("drain") || word.equals("reboot") ? "" : ", …") + ") }";
    }

    private void wrong(String summary, String detail) {
        values.refuse(values.use().ofName(), summary, detail, null);
    }

    /** What is meant to be taken out of service. */
    Optional<Way> way(@Nullable Object what) {
        String word = values.use().word();
        try {
            switch (what) {
                case Tunnel tunnel -> {
                    return Optional.of(Way.of(fabric, tunnel.name()));
                }
                case Host host -> {
                    return Optional.of(Way.of(fabric, host.name()));
                }
                case CharSequence name -> {
                    return Optional.of(Way.of(fabric, name.toString()));
                }
                case Site site -> {
                    return Optional.of(Way.of(fabric, site.name()));
                }
                case Pair pair ->
                    wrong(word + ": nothing stands in for both hosts of the pair " + pair.name(), severalHosts(word));
                case Iterable<?> list -> {
                    return tunnelsOf(list, word);
                }
                case null, default ->
                    wrong(
                            word + ": expected a tunnel, a host, or the name of one, got " + MessageText.quoted(what),
                            "");
            }
        } catch (Way.NotDrainable e) {
            wrong(word + ": " + e.getMessage(), "");
        }
        return Optional.empty();
    }

    /** Several tunnels are one thing; of several hosts one goes after the other. */
    private Optional<Way> tunnelsOf(Iterable<?> list, String word) {
        LinkedHashSet<Tunnel> tunnels = new LinkedHashSet<>();
        for (Object one : list) {
            boolean named = one instanceof CharSequence name
                    && !model.tunnelsCalled(name.toString()).isEmpty();
            if (one instanceof Tunnel tunnel) tunnels.add(tunnel);
            else if (named) tunnels.addAll(model.tunnelsCalled(String.valueOf(one)));
            else {
                String held = one instanceof Host host ? "the host " + host.name() : MessageText.quoted(one);
                wrong(word + ": a list here is of tunnels, and this holds " + held, severalHosts(word));
                return Optional.empty();
            }
        }
        if (!tunnels.isEmpty()) return Optional.of(Way.of(fabric, tunnels));
        wrong(word + ": no tunnel is left", "");
        return Optional.empty();
    }
}
