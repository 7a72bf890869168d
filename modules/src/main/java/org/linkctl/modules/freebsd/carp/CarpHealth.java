package org.linkctl.modules.freebsd.carp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Host;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.pairs.PairEnds;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;
import org.linkctl.spi.Role;
import org.linkctl.spi.Scope;

/** Is there one master of each vhid, and one only? Each host tells its own state, and looks at what the other one told. */
final class CarpHealth {
    private static final String MASTER = "MASTER";
    private static final String BACKUP = "BACKUP";

    /** What is added to each advskew while something is wrong with the host (carp(4)). */
    private static final Question.Command DEMOTION = Question.command("sysctl", "-e", "-i", "net.inet.carp.demotion");

    /** By this key a host tells that a user has taken it out of service. */
    private static final String DRAINED = "carp.drained";

    private CarpHealth() {}

    /**
     * The pair as one of its hosts sees it.
     *
     * @param self this host's name
     * @param peer the other one's
     * @param states what the other one told of its states, by vhid and interface
     * @param held a user has taken the other one out of service
     * @param clock its address to ask for its time; null: the two have no network with IPv4
     */
    record Peer(
            String self,
            String peer,
            Map<String, String> states,
            boolean held,
            @Nullable Ip clock) {
        /** Whether it is known to be there for all of these. */
        boolean stands(List<CarpVip> vips) {
            if (held) return false;
            return vips.stream()
                    .map(vip -> states.get(key(vip.vhid(), vip.device())))
                    .allMatch(state -> MASTER.equals(state) || BACKUP.equals(state));
        }
    }

    static @Nullable Peer peer(Scope scope) {
        List<Vip> vips = scope.fabric().of(Vip.class, scope.host());
        if (vips.isEmpty()) return null;
        for (Host other : scope.fabric().hostsOf(vips.getFirst().pair())) {
            if (other.equals(scope.host())) continue;
            Map<String, String> states = new LinkedHashMap<>();
            for (Vip vip : vips) {
                scope.published()
                        .plain(other.name(), key(vip.id(), vip.on()))
                        .ifPresent(state -> states.put(key(vip.id(), vip.on()), state));
            }
            boolean held = scope.published().plain(other.name(), DRAINED).isPresent();
            Ip clock = PairEnds.between(scope.fabric(), scope.host(), vips)
                    .map(PairEnds::peer)
                    .orElse(null);
            return new Peer(scope.host().name(), other.name(), Map.copyOf(states), held, clock);
        }
        return null;
    }

    /**
     * Which of the two its host is, where it is the same one for all vhids, by what both told. Connections outlive a change of
     * roles where the other host knows of them.
     */
    static Optional<Role> role(Scope scope, List<CarpVip> vips) {
        Peer peer = peer(scope);
        if (peer == null) return Optional.empty();
        String here =
                same(vips, key -> scope.published().plain(peer.self(), key).orElse(null));
        String there = same(vips, peer.states()::get);
        if (!(here.equals(MASTER) && there.equals(BACKUP)) && !(here.equals(BACKUP) && there.equals(MASTER)))
            return Optional.empty();
        boolean told = scope.fabric().one(StateSync.class, scope.host()).isPresent();
        boolean often = vips.stream().allMatch(vip -> vip.advbase() <= CarpVip.MOST_TO_YIELD);
        return Optional.of(new Role(here.equals(MASTER), told && often));
    }

    private static String same(List<CarpVip> vips, Function<String, @Nullable String> state) {
        Set<String> states = new HashSet<>();
        for (CarpVip vip : vips) states.add(String.valueOf(state.apply(key(vip.vhid(), vip.device()))));
        return states.size() == 1 ? states.iterator().next() : "";
    }

    static String key(int vhid, String device) {
        return "carp." + device + "." + vhid;
    }

    /** What the other host has to know. */
    static Map<String, String> told(List<CarpVip> vips, Ifconfig links) {
        Map<String, String> out = new LinkedHashMap<>();
        for (CarpVip vip : vips) out.put(key(vip.vhid(), vip.device()), state(vip, links));
        if (vips.stream().anyMatch(CarpVip::held)) out.put(DRAINED, "yes");
        return out;
    }

    private static String state(CarpVip vip, Ifconfig links) {
        Ifconfig.Carp carp = links.device(vip.device())
                .map(device -> device.carp().get(vip.vhid()))
                .orElse(null);
        return carp == null ? "absent" : carp.state();
    }

    static List<Question<?>> questions(@Nullable Peer peer) {
        return peer == null || peer.clock() == null
                ? List.of(DEMOTION)
                : List.of(DEMOTION, PairClock.ask(peer.clock()));
    }

    static List<Finding> findings(List<CarpVip> vips, @Nullable Peer peer, Ifconfig links, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (CarpVip vip : vips) out.add(finding(vip, peer, state(vip, links)));
        Answer.Output demotion = answers.to(DEMOTION);
        String value = demotion.stdout().strip().replaceFirst("^.*=", "").strip();
        if (!vips.isEmpty() && demotion.ok() && !value.isEmpty() && !value.equals("0")) {
            out.add(Finding.doubtful("carp", "is demoted by " + value + ": it gives way to the other host"));
        }
        if (peer != null && peer.clock() != null)
            out.add(PairClock.finding(peer.peer(), answers.to(PairClock.ask(peer.clock()))));
        return out;
    }

    private static Finding finding(CarpVip vip, @Nullable Peer peer, String state) {
        String subject = "vhid " + vip.vhid() + " on " + vip.device();
        if (!state.equals(MASTER) && !state.equals(BACKUP)) {
            return Finding.bad(subject, "is " + state + ": it takes no part");
        }
        if (peer == null) return Finding.good(subject, "is " + state);
        String other = peer.states().get(key(vip.vhid(), vip.device()));
        if (other == null)
            return Finding.doubtful(subject, "is " + state + "; what " + peer.peer() + " is, is not known");
        String both = "is " + state + "; " + peer.peer() + " is " + other;
        long masters = List.of(state, other).stream().filter(MASTER::equals).count();
        if (masters > 1) return Finding.bad(subject, both + ": both answer for " + addresses(vip));
        if (masters == 0) return Finding.bad(subject, both + ": nobody answers for " + addresses(vip));
        boolean preferred = vip.advskew() == 0;
        if (vip.held() || peer.held()) return Finding.good(subject, both);
        if (preferred != state.equals(MASTER)) {
            String whose = preferred ? peer.self() : peer.peer();
            return Finding.doubtful(subject, both + ", though " + whose + " is preferred");
        }
        return Finding.good(subject, both);
    }

    private static String addresses(CarpVip vip) {
        return vip.addresses().stream().map(one -> one.address().text()).collect(Collectors.joining(", "));
    }
}
