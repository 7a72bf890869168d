package org.linkctl.modules.linux.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * Routes that somebody set and nobody sets again: an interface that goes down for a moment loses all of its own, and
 * systemd-networkd takes away, when it reloads an interface, those that it knows nothing of. What routing daemons, DHCP
 * clients and the kernel set they set again.
 */
public record RoutesAcrossReload(List<Way> ways) {
    /**
     * A route over a single interface.
     *
     * @param words as ip-route(8) shows it and takes it
     */
    record Way(String family, String device, String protocol, List<String> words) {
        private boolean needs(Cidr address) {
            return at("via").filter(address.network()::contains).isPresent()
                    || at("src").filter(address.address()::equals).isPresent();
        }

        private Optional<Ip> at(String word) {
            int place = words.indexOf(word) + 1;
            return place == 0 || place == words.size() ? Optional.empty() : Ip.parse(words.get(place));
        }

        private boolean leadsTo(Cidr prefix) {
            String to = words.getFirst();
            if (to.equals("default")) return prefix.length() == 0 && prefix.isV6() == family.equals("-6");
            return Ip.parse(to)
                    .map(Cidr::host)
                    .or(() -> Cidr.parse(to))
                    .filter(prefix::equals)
                    .isPresent();
        }

        private boolean needsAnother() {
            return words.contains("via");
        }
    }

    private static final List<String> FAMILIES = List.of("-4", "-6");

    /** Who sets routes that nobody sets again: nobody who says so, and administrators (rtnetlink(7)). */
    private static final List<String> PROTOCOLS = List.of("boot", "static");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9.:/_@+=-]+");

    /** What ip-route(8) shows of a route's state and does not take. */
    private static final List<String> STATES =
            List.of("linkdown", "dead", "offload", "trap", "offload_failed", "rt_offload", "rt_trap");

    public static final RoutesAcrossReload NONE = new RoutesAcrossReload(List.of());

    public RoutesAcrossReload {
        ways = List.copyOf(ways);
    }

    private static Question.Command command(String family, String protocol) {
        return Question.command("ip", family, "route", "show", "table", "main", "proto", protocol);
    }

    public static List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>();
        for (String family : FAMILIES) {
            for (String protocol : PROTOCOLS) out.add(command(family, protocol));
        }
        return List.copyOf(out);
    }

    public static RoutesAcrossReload read(Answers answers) {
        List<Way> out = new ArrayList<>();
        for (String family : FAMILIES) {
            for (String protocol : PROTOCOLS) {
                for (String line :
                        answers.stdout(command(family, protocol)).lines().toList()) {
                    // Several next hops stand in lines of their own; such a route outlives one of its interfaces.
                    boolean alone = !line.isBlank() && !Character.isWhitespace(line.charAt(0));
                    if (alone && line.contains(" dev ") && !line.contains(" expires "))
                        out.add(way(family, protocol, line));
                }
            }
        }
        return new RoutesAcrossReload(out);
    }

    private static Way way(String family, String protocol, String line) {
        List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+")));
        words.removeAll(STATES);
        int dev = words.indexOf("dev");
        if (dev < 1
                || dev + 1 >= words.size()
                || !words.stream().allMatch(word -> WORD.matcher(word).matches())) {
            throw new UnreadableFacts("ip route show: '" + line + "'");
        }
        // Asked for one protocol, ip(8) does not repeat it in its answer.
        if (!protocol.equals("boot")) words.addAll(List.of("proto", protocol));
        return new Way(family, words.get(dev + 1), protocol, List.copyOf(words));
    }

    /** Without those that need one of these addresses, or a gateway beside it: they went with it, and cannot be put back. */
    public RoutesAcrossReload without(List<Cidr> gone) {
        return new RoutesAcrossReload(ways.stream()
                .filter(way -> gone.stream().noneMatch(address -> way.needs(address)))
                .toList());
    }

    /** Without the default routes of a family: something else is in their place by then. */
    public RoutesAcrossReload withoutDefault(boolean v6) {
        return new RoutesAcrossReload(ways.stream()
                .filter(way -> !way.family().equals(v6 ? "-6" : "-4")
                        || !way.words().getFirst().equals("default"))
                .toList());
    }

    /**
     * Whether {@link #afterDown} sets a route of the main table.
     *
     * @param via null: straight onto the device
     */
    public boolean sets(String device, Cidr prefix, @Nullable Ip via) {
        return ways.stream()
                .anyMatch(way -> way.device().equals(device)
                        && way.leadsTo(prefix)
                        && way.at("via").equals(Optional.ofNullable(via)));
    }

    /** After an interface was down: both kinds, and what leads to gateways before what needs those. */
    public List<Step> afterDown(String device) {
        return steps(device, PROTOCOLS);
    }

    /**
     * A reload, where there is one, and what it takes away: not the routes of an administrator (systemd.network(5),
     * KeepConfiguration).
     */
    public List<Step> around(List<Step> reload, String device) {
        List<Step> out = new ArrayList<>(reload);
        if (!reload.isEmpty()) out.addAll(steps(device, List.of("boot")));
        return out;
    }

    private List<Step> steps(String device, List<String> protocols) {
        return ways.stream()
                .filter(way -> way.device().equals(device) && protocols.contains(way.protocol()))
                .sorted(Comparator.comparing(Way::needsAnother))
                .map(way -> {
                    List<String> argv = new ArrayList<>(List.of("ip", way.family(), "route", "replace"));
                    argv.addAll(way.words());
                    return Step.run(argv.toArray(String[]::new));
                })
                .toList();
    }
}
