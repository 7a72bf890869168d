package org.linkctl.dsl.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linkctl.dsl.report.AddressMistake;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.model.Endpoint;
import org.linkctl.model.Firewall;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Addresses, prefixes and endpoints among the values of the attributes of one use of a word. */
final class AddressValues {
    /** The usual prefix lengths of a LAN. */
    private static final int NET_V4 = 24;

    private static final int NET_V6 = 64;

    private final ScriptRun run;
    private final WordUse use;
    private final AttributeValues values;

    AddressValues(ScriptRun run, WordUse use, AttributeValues values) {
        this.run = run;
        this.use = use;
        this.values = values;
    }

    /** Interface addresses, each with its prefix length. */
    List<Cidr> addresses(String attribute) {
        List<Cidr> addresses = new ArrayList<>();
        for (String text : values.texts(attribute)) {
            Cidr.parse(text).ifPresentOrElse(addresses::add, () -> notAnAddress(attribute, text));
        }
        return addresses;
    }

    /**
     * The same of an end whose other end, or whose net, has these.
     *
     * @param length that an IPv4 address without one probably has
     */
    List<Cidr> addresses(String attribute, List<Cidr> nets, int length, int length6) {
        List<Cidr> addresses = new ArrayList<>();
        for (String text : values.texts(attribute)) {
            Cidr address = Cidr.parse(text).orElse(null);
            if (address != null) addresses.add(address);
            else notAnAddress(attribute, text, AddressMistake.of(text, false, nets, length, length6));
        }
        return addresses;
    }

    /** Those of the texts that are addresses with prefix lengths; of the others nothing is said yet. */
    List<Cidr> readable(String attribute) {
        List<Cidr> addresses = new ArrayList<>();
        for (String text : values.texts(attribute)) Cidr.parse(text).ifPresent(addresses::add);
        return addresses;
    }

    /**
     * Interface addresses; one that is given without a prefix length has that of the net of its family.
     *
     * @param nets addresses with the lengths; where none is of the family, the address is its own prefix
     */
    List<Cidr> addressesIn(String attribute, List<Cidr> nets) {
        List<Cidr> addresses = new ArrayList<>();
        for (String text : values.texts(attribute)) {
            Optional<Cidr> single = Ip.parse(text).map(ip -> inNet(Cidr.host(ip), nets));
            single.or(() -> Cidr.parse(text))
                    .ifPresentOrElse(
                            addresses::add, () -> notAnAddress(attribute, text, AddressMistake.ofEither(text, false)));
        }
        return addresses;
    }

    /** A single address with the prefix length that one of these of its family has; any other one as it is. */
    static Cidr inNet(Cidr address, List<Cidr> nets) {
        if (!address.equals(Cidr.host(address.address()))) return address;
        return nets.stream()
                .filter(net -> net.isV6() == address.isV6())
                .findFirst()
                .map(net -> new Cidr(address.address(), net.length()))
                .orElse(address);
    }

    /** Where an end is found that linkctl does not configure: with a port. */
    Optional<Endpoint> endpoint(String attribute) {
        Optional<String> text = values.text(attribute);
        Optional<Endpoint> endpoint = text.flatMap(Endpoint::parse);
        if (text.isPresent() && endpoint.isEmpty()) {
            String right = Ip.parse(text.get()).filter(Ip::isV6).isPresent() ? "[" + text.get() + "]" : text.get();
            run.error(
                    use.of(attribute),
                    attribute + ": '" + MessageText.shown(text.get()) + "' is not an address or a name with a port",
                    "linkctl does not set the port of an end that it does not log in to, so that it has to be said: "
                            + "'vendor.example:51820', '[2001:db8::1]:51820'",
                    right.matches("[A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+]") ? "'" + right + ":51820'" : null);
        }
        return endpoint;
    }

    /** Prefixes: no bit is set after the prefix length. */
    List<Cidr> prefixes(String attribute) {
        List<Cidr> prefixes = new ArrayList<>();
        for (String text : values.texts(attribute)) {
            Cidr cidr = Cidr.parse(text).orElse(null);
            if (cidr == null) notAnAddress(attribute, text, AddressMistake.of(text, true, List.of(), NET_V4, NET_V6));
            else if (cidr.isNetwork()) prefixes.add(cidr);
            else notAPrefix(attribute, cidr);
        }
        return prefixes;
    }

    /** Prefixes; none where it is true or false. */
    List<Cidr> prefixesOrFlag(String attribute) {
        return values.isFlag(attribute) ? List.of() : prefixes(attribute);
    }

    /** One address without a prefix length. */
    Optional<Ip> ip(String attribute) {
        return values.text(attribute).flatMap(text -> ip(attribute, text));
    }

    /** Addresses without prefix lengths. */
    List<Ip> ips(String attribute) {
        return values.texts(attribute).stream()
                .flatMap(text -> ip(attribute, text).stream())
                .toList();
    }

    private Optional<Ip> ip(String attribute, String text) {
        Optional<Ip> address = Ip.parse(text);
        if (address.isEmpty()) {
            AddressMistake slip = AddressMistake.ofAlone(text);
            run.error(
                    use.of(attribute, text),
                    attribute + ": '" + MessageText.shown(text) + "' is not an address",
                    slip.detail(),
                    slip.meant() == null ? null : "'" + MessageText.shown(slip.meant()) + "'");
        }
        return address;
    }

    /** Prefixes; an address without a length is a prefix of that single address. */
    List<Cidr> nets(String attribute) {
        List<Cidr> nets = new ArrayList<>();
        for (String text : values.texts(attribute)) net(attribute, text).ifPresent(nets::add);
        return nets;
    }

    /** Prefixes, addresses and tables. */
    List<Firewall.Peer> peers(String attribute) {
        List<Firewall.Peer> peers = new ArrayList<>();
        for (String text : values.texts(attribute)) {
            if (text.startsWith("<") && text.endsWith(">")) {
                peers.add(new Firewall.Peer.Of(text.substring(1, text.length() - 1)));
            } else net(attribute, text).map(Firewall.Peer.Net::new).ifPresent(peers::add);
        }
        return peers;
    }

    private Optional<Cidr> net(String attribute, String text) {
        Optional<Cidr> single = Ip.parse(text).map(Cidr::host);
        if (single.isPresent()) return single;
        Optional<Cidr> cidr = Cidr.parse(text);
        if (cidr.isEmpty() && AddressMistake.isAll(text)) {
            notAnAddress(attribute, text, new AddressMistake("all of IPv4 is '0.0.0.0/0', all of IPv6 '::/0'", null));
        } else if (cidr.isEmpty()) notAnAddress(attribute, text, AddressMistake.ofEither(text, true));
        else if (!cidr.get().isNetwork()) notAPrefix(attribute, cidr.get());
        return cidr.filter(Cidr::isNetwork);
    }

    private void notAPrefix(String attribute, Cidr cidr) {
        run.error(
                use.of(attribute, cidr.toString()),
                attribute + ": '" + cidr + "' is an address in a prefix, not the prefix itself",
                "a prefix has no bit set behind its length",
                "'" + cidr.network() + "'");
    }

    private void notAnAddress(String attribute, String text) {
        notAnAddress(attribute, text, AddressMistake.of(text, false, List.of(), NET_V4, NET_V6));
    }

    private void notAnAddress(String attribute, String text, AddressMistake slip) {
        run.error(
                use.of(attribute, text),
                attribute + ": '" + MessageText.shown(text) + "' is not an address with a prefix length",
                slip.detail(),
                slip.meant() == null ? null : "'" + MessageText.shown(slip.meant()) + "'");
    }
}
