package org.linkctl.dsl.words;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.playbook.Parameter;

/**
 * One parameter of a playbook. Where no value was given and there is no default, or what was given is no such value, the file
 * goes on with a stand-in, so that all parameters become known in one run; its steps are not used then.
 */
final class DeclaredParameter {
    private static final String DEFAULT = "default";

    private final PlaybookRun run;
    private final ModelValues model;
    private final AttributeValues values;
    private final String name;
    private final Map<String, Object> attributes;

    DeclaredParameter(
            PlaybookRun run, ModelValues model, AttributeValues values, String name, Map<String, Object> attributes) {
        this.run = run;
        this.model = model;
        this.values = values;
        this.name = name;
        this.attributes = attributes;
    }

    private Fabric fabric() {
        return run.fabric();
    }

    private Place place() {
        return values.use().ofName();
    }

    String text() {
        List<String> known = values.texts("oneOf");
        if (attributes.get("oneOf") instanceof List<?> none && none.isEmpty()) {
            values.refuse(values.use().of("oneOf"), "oneOf: no text is left", "", null);
        }
        String takes = known.isEmpty() ? "a text" : "one of " + String.join(", ", known);
        values.text(DEFAULT)
                .filter(text -> !known.isEmpty() && !known.contains(text))
                .ifPresent(text -> wrongDefault(takes, text, MessageText.suggestion(text, known)));
        return read(
                takes,
                text -> known.isEmpty() || known.contains(text) ? text : null,
                values.text(DEFAULT).orElse(null),
                text -> text,
                "",
                known);
    }

    int number() {
        int from = values.number("from").orElse(Integer.MIN_VALUE);
        int to = values.number("to").orElse(Integer.MAX_VALUE);
        if (from > to) {
            values.refuse(values.use().of("to"), "to: " + to + " is less than from: " + from, "", null);
        } else {
            values.number(DEFAULT)
                    .filter(number -> number < from || number > to)
                    .ifPresent(number -> wrongDefault(takesNumber(from, to), String.valueOf(number), null));
        }
        return read(
                takesNumber(from, to),
                text -> within(text, from, to),
                values.number(DEFAULT).orElse(null),
                String::valueOf,
                Math.max(from, 1),
                List.of());
    }

    private void wrongDefault(String takes, String got, @Nullable String meant) {
        values.refuse(
                values.use().of(DEFAULT),
                DEFAULT + ": expected " + takes + ", got " + MessageText.shown(got),
                "",
                meant);
    }

    private static String takesNumber(int from, int to) {
        String least = from == Integer.MIN_VALUE ? "" : " from " + from;
        String most = to == Integer.MAX_VALUE ? "" : " to " + to;
        return "a whole number" + least + most;
    }

    private static @Nullable Integer within(String text, int from, int to) {
        if (!text.matches("-?[0-9]{1,9}")) return null;
        int number = Integer.parseInt(text);
        return number < from || number > to ? null : number;
    }

    boolean flag() {
        Boolean otherwise = attributes.get(DEFAULT) == null ? null : values.flag(DEFAULT);
        return read(
                "true or false",
                text -> text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null,
                otherwise,
                String::valueOf,
                false,
                List.of("true", "false"));
    }

    Host host() {
        List<Host> otherwise = one("host", byDefault(value -> model.hosts(values.use(), DEFAULT, value)));
        if (fabric().hosts().isEmpty()) throw none("host");
        return read(
                "the name of a host",
                text -> fabric().hostsNamed(text).stream().findFirst().orElse(null),
                otherwise == null || otherwise.isEmpty() ? null : otherwise.getFirst(),
                Host::name,
                fabric().hosts().getFirst(),
                fabric().hosts().stream().map(Host::name).toList());
    }

    List<Host> hosts() {
        return read(
                "names of hosts, pairs, groups or sites, a comma between two",
                text -> several(text, fabric()::hostsUnder),
                byDefault(value -> model.hosts(values.use(), DEFAULT, value)),
                list -> list.stream().map(Host::name).collect(Collectors.joining(",")),
                fabric().hosts(),
                List.copyOf(model.hostNames()));
    }

    Tunnel tunnel() {
        List<Tunnel> otherwise = one("tunnel", byDefault(value -> model.tunnels(values.use(), DEFAULT, value)));
        if (fabric().tunnels().isEmpty()) throw none("tunnel");
        return read(
                "the name of a tunnel",
                text -> fabric().tunnelsNamed(text).stream().findFirst().orElse(null),
                otherwise == null || otherwise.isEmpty() ? null : otherwise.getFirst(),
                Tunnel::name,
                fabric().tunnels().getFirst(),
                fabric().tunnels().stream().map(Tunnel::name).toList());
    }

    List<Tunnel> tunnels() {
        return read(
                "names of tunnels or groups of tunnels, a comma between two",
                text -> several(text, this::tunnelsNamed),
                byDefault(value -> model.tunnels(values.use(), DEFAULT, value)),
                list -> list.stream().map(Tunnel::name).collect(Collectors.joining(",")),
                fabric().tunnels(),
                List.copyOf(model.tunnelNames()));
    }

    private List<Tunnel> tunnelsNamed(String tunnel) {
        return fabric().tunnels().stream()
                .filter(one -> tunnel.equals(one.name()) || tunnel.equals(one.group()))
                .toList();
    }

    Pair pair() {
        return ofInventory("pair", Pair.class, fabric().pairs(), Pair::name);
    }

    Site site() {
        return ofInventory("site", Site.class, fabric().sites(), Site::name);
    }

    /** One of these things, which names stand for. */
    private <T> T ofInventory(String kind, Class<T> type, List<T> all, Function<T, String> named) {
        Map<String, T> byName = new LinkedHashMap<>();
        all.forEach(one -> byName.put(named.apply(one), one));
        Object value = attributes.get(DEFAULT);
        T otherwise = value == null ? null : defaultOf(kind, type, byName, value);
        if (all.isEmpty()) throw none(kind);
        return read(
                "the name of a " + kind, byName::get, otherwise, named, all.getFirst(), List.copyOf(byName.keySet()));
    }

    private <T> @Nullable T defaultOf(String kind, Class<T> type, Map<String, T> byName, Object value) {
        if (type.isInstance(value)) return type.cast(value);
        if (!(value instanceof CharSequence text)) {
            wrongDefault("a " + kind + " of the inventory, or its name", String.valueOf(value), null);
            return null;
        }
        T found = byName.get(text.toString());
        if (found == null) model.unknown(values.use().of(DEFAULT), kind, text.toString(), byName.keySet());
        return found;
    }

    /** Nothing can stand in for it: the reading ends here, and other parameters are not known. */
    private org.linkctl.dsl.report.InventoryException none(String kind) {
        return new org.linkctl.dsl.report.InventoryException(
                org.linkctl.diag.Diagnostic.error(place(), name + ": the inventory has no " + kind));
    }

    private <T> @Nullable T byDefault(Function<Object, T> read) {
        Object value = attributes.get(DEFAULT);
        return value == null ? null : read.apply(value);
    }

    /** The default of a parameter for one; several are refused rather than the first of them taken. */
    private <T> @Nullable List<T> one(String kind, @Nullable List<T> found) {
        if (found != null && found.size() > 1) wrongDefault("one " + kind, String.valueOf(found.size()), null);
        return found;
    }

    /** All of a list; null where one is unknown. */
    private static <T> @Nullable List<T> several(String text, Function<String, List<T>> named) {
        Set<T> all = new LinkedHashSet<>();
        for (String one : Arrays.asList(text.split(",", -1))) {
            List<T> found = named.apply(one.strip());
            if (found.isEmpty()) return null;
            all.addAll(found);
        }
        return List.copyOf(all);
    }

    /**
     * The value: what was given, else the default, else the stand-in.
     *
     * @param parse null for a text that is no such value
     * @param known the names among which a wrong one was probably meant
     */
    private <T> T read(
            String takes,
            Function<String, @Nullable T> parse,
            @Nullable T otherwise,
            Function<T, String> shown,
            T standIn,
            List<String> known) {
        if (!Names.isName(name)) {
            run.error(place(), "'" + MessageText.shown(name) + "' is no name for a parameter", "", null);
        } else if (run.has(name)) run.error(place(), "'" + name + "' is declared twice", "", null);
        String about = values.text("about").orElse("");
        String text = run.given(name);
        if (text == null) {
            run.add(new Parameter(
                    name, takes, about, otherwise == null ? null : shown.apply(otherwise), false, values.at()));
            return otherwise == null ? standIn : otherwise;
        }
        Optional<T> value = Optional.ofNullable(parse.apply(text));
        run.add(new Parameter(name, takes, about, text, true, values.at()));
        if (value.isPresent()) return value.get();
        run.wrongValue();
        String wrong = wrongOf(text, known);
        String which = wrong.equals(text) ? "" : "no '" + MessageText.shown(wrong) + "'; ";
        run.error(
                place(),
                name + ": expected " + takes + ", got '" + MessageText.shown(text) + "'",
                known.isEmpty() ? "" : which + "known: " + MessageText.list(known),
                MessageText.suggestion(wrong, known));
        return standIn;
    }

    /** The first of several names that is not known. */
    private static String wrongOf(String text, List<String> known) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(one -> !known.contains(one))
                .findFirst()
                .orElse(text);
    }
}
