package org.linkctl.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Refusal.Kind;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.diag.Suggest;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Gathers refusals. */
final class Refusals {
    private static final String INTERFACE_RULE =
            "letters, digits and _ . = + -, the first a letter, a digit or _, 15 characters at most";

    /** A shorter prefix holds so much else that it was not meant. */
    private static final int MAPPED_LENGTH = 80;

    private final List<Refusal> all = new ArrayList<>();

    List<Refusal> all() {
        return List.copyOf(all);
    }

    void value(Place at, String attribute, String value, String summary, String detail) {
        value(at, attribute, value, summary, detail, null);
    }

    /** @param suggestion the value as it was probably meant, without quotes; null where nothing is near */
    void value(Place at, String attribute, String value, String summary, String detail, @Nullable String suggestion) {
        Diagnostic refused = Diagnostic.error(at, summary).detail(detail);
        String quoted = suggestion == null ? null : "'" + Names.shown(suggestion) + "'";
        add(Kind.VALUE, refused.suggest(quoted), attribute, value);
    }

    /** A number that is below or above what there can be. */
    void range(Place at, String attribute, int value, int from, int to, String unit) {
        if (value >= from && value <= to) return;
        value(
                at,
                attribute,
                Integer.toString(value),
                attribute + ": " + value + " is out of range",
                "from " + from + " to " + to + (unit.isEmpty() ? "" : " " + unit));
    }

    /** An interface's name that none can have. */
    void device(Place at, String attribute, String name) {
        if (Names.isInterface(name)) return;
        int length = name.codePointCount(0, name.length());
        boolean onlyLong = length > Names.INTERFACE_LENGTH
                && Names.isInterface(name.substring(0, name.offsetByCodePoints(0, Names.INTERFACE_LENGTH)));
        String quoted = "'" + Names.shown(name) + "'";
        value(
                at,
                attribute,
                name,
                onlyLong
                        ? quoted + " is too long for an interface: " + length + " characters"
                        : quoted + " is no name for an interface",
                INTERFACE_RULE);
    }

    /**
     * Whether a prefix is one of IPv4-mapped addresses, {@code ::ffff:0:0/96}, which is refused: no packet on a link has
     * one (RFC 4291, section 2.5.5.2).
     */
    boolean mapped(Place at, String attribute, Cidr prefix) {
        if (!prefix.isV6() || prefix.length() < MAPPED_LENGTH || !prefix.overlaps(Cidr.V4_MAPPED)) return false;
        boolean single = prefix.equals(Cidr.host(prefix.address()));
        String written = single ? prefix.address().text() : prefix.toString();
        String summary = attribute + ": '" + written + "' is an IPv4-mapped " + (single ? "address" : "prefix");
        String plain = prefix.unmapped()
                .map(one -> single ? one.address().text() : one.toString())
                .orElse(null);
        value(at, attribute, written, summary, "no packet on a link has such an address", plain);
        return true;
    }

    /** The same for one address. */
    boolean mapped(Place at, String attribute, Ip address) {
        return mapped(at, attribute, Cidr.host(address));
    }

    /** A name that is no interface of a host, or of one of a pair; null is none that was given. */
    void interfaceOf(Fabric fabric, String on, Place at, String attribute, @Nullable String device) {
        if (device == null) return;
        for (Host host : fabric.hostsOf(on)) {
            List<String> known = fabric.interfaces(host);
            if (known.contains(device)) continue;
            unknown(at, attribute, "interface of " + Names.shown(host.name()), device, known);
            return;
        }
    }

    /** Something that is rather a mistake than meant. */
    void doubt(Place at, String attribute, String value, String summary, String detail) {
        add(Kind.CONFLICT, Diagnostic.warning(at, summary).detail(detail), attribute, value);
    }

    void twice(Place at, String attribute, String value, String summary, String detail) {
        add(Kind.TWICE, Diagnostic.error(at, summary).detail(detail), attribute, value);
    }

    void alone(Place at, String attribute, String summary, String detail) {
        add(Kind.ALONE, Diagnostic.error(at, summary).detail(detail), attribute, "");
    }

    void conflict(Place at, String attribute, String value, String summary, String detail) {
        add(Kind.CONFLICT, Diagnostic.error(at, summary).detail(detail), attribute, value);
    }

    /** A name of which nothing is known, with what is. */
    void unknown(Place at, String attribute, String kind, String name, Collection<String> known) {
        String near = Names.several(name)
                .filter(parts -> !parts.isEmpty() && known.containsAll(parts))
                .map(Names::list)
                .or(() -> Suggest.closest(name, known).map(found -> "'" + Names.shown(found) + "'"))
                .orElse(null);
        String detail = known.isEmpty() ? "no " + kind + " is declared" : "declared: " + NameList.of(known);
        add(
                Kind.REFERENCE,
                Diagnostic.error(at, "no " + kind + " named '" + Names.shown(name) + "'")
                        .detail(detail)
                        .suggest(near),
                attribute,
                name);
    }

    /** A name of something that is not of the kind that is meant. */
    void otherKind(
            Place at, String attribute, String name, String summary, String detail, @Nullable String suggestion) {
        Diagnostic refused = Diagnostic.error(at, summary).detail(detail);
        String quoted = suggestion == null ? null : "'" + Names.shown(suggestion) + "'";
        add(Kind.REFERENCE, refused.suggest(quoted), attribute, name);
    }

    private void add(Kind kind, Diagnostic diagnostic, String attribute, String value) {
        all.add(new Refusal(kind, diagnostic, attribute, value));
    }
}
