package org.linkctl.modules.linux.vrrp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.StateSync;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.pair.PairVip;
import org.linkctl.modules.pairs.PairEnds;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;
import org.linkctl.spi.Role;
import org.linkctl.spi.Scope;

/** Is there one master, and one only, and do the two have one time? Each host tells what it holds, and looks at what the other told. */
final class VrrpHealth {
    private static final String MASTER = PairVip.State.MASTER.name();
    private static final String BACKUP = PairVip.State.BACKUP.name();

    /** Without a keepalived that runs. */
    private static final String STOPPED = "STOPPED";

    /** A user has taken it out of service. */
    private static final String HELD = "DRAINED";

    /** Milliseconds: a new master whose clock is behind by more begins no session with WireGuard's peers (replayed timestamps). */
    private static final long APART = 1000;

    private static final long DAY = 86_400_000;

    /** What ping(8) prints of RFC 791's timestamps: this host's first, the other's as what it is more. */
    private static final Pattern STAMPS =
            Pattern.compile("(?m)^TS: \\s*[0-9]+ absolute\\n\\s*(?<apart>-?[0-9]{1,9})\\s*$");

    private VrrpHealth() {}

    /**
     * The other host of the pair.
     *
     * @param states what it told of its states
     * @param clock its address to ask for its time; null: the two have no network with IPv4
     */
    record Peer(
            String self,
            String name,
            Map<String, String> states,
            @Nullable Ip clock) {
        /** Whether it is known to be there for all of these. */
        boolean stands(List<PairVip> vips) {
            return vips.stream()
                    .map(vip -> states.get(key(vip)))
                    .allMatch(state -> MASTER.equals(state) || BACKUP.equals(state));
        }
    }

    static @Nullable Peer peer(Scope scope, List<PairVip> vips) {
        Host other = PairEnds.other(scope.fabric(), scope.host()).orElse(null);
        if (other == null) return null;
        Map<String, String> states = new LinkedHashMap<>();
        for (PairVip vip : vips) {
            scope.published().plain(other.name(), key(vip)).ifPresent(state -> states.put(key(vip), state));
        }
        return new Peer(
                scope.host().name(), other.name(), Map.copyOf(states), clock(scope.fabric(), scope.host(), vips));
    }

    private static @Nullable Ip clock(Fabric fabric, Host host, List<PairVip> vips) {
        return PairEnds.between(fabric, host, vips.stream().map(PairVip::vip).toList())
                .map(PairEnds::peer)
                .orElse(null);
    }

    /** Which of the two its host is, where it is the same one for all vips, by what both told. */
    static Optional<Role> role(Scope scope, List<PairVip> vips) {
        Peer peer = peer(scope, vips);
        if (peer == null) return Optional.empty();
        String here =
                same(vips, key -> scope.published().plain(peer.self(), key).orElse(null));
        String there = same(vips, peer.states()::get);
        if (!(here.equals(MASTER) && there.equals(BACKUP)) && !(here.equals(BACKUP) && there.equals(MASTER)))
            return Optional.empty();
        boolean told = scope.fabric().one(StateSync.class, scope.host()).isPresent();
        return Optional.of(new Role(here.equals(MASTER), told));
    }

    private static String same(List<PairVip> vips, Function<String, @Nullable String> state) {
        Set<String> states = new HashSet<>();
        for (PairVip vip : vips) states.add(String.valueOf(state.apply(key(vip))));
        return states.size() == 1 ? states.iterator().next() : "";
    }

    private static String key(PairVip vip) {
        return "vrrp." + vip.vip().on() + "." + vip.vip().id();
    }

    /** What the other host has to know: that nobody would take over, too. */
    static Map<String, String> told(List<PairVip> vips, Links links, boolean running, boolean drained, boolean held) {
        Map<String, String> out = new LinkedHashMap<>();
        for (PairVip vip : vips) {
            PairVip.State state = vip.state(links);
            String backup = !running ? STOPPED : held ? HELD : drained ? STOPPED : BACKUP;
            out.put(key(vip), state == PairVip.State.BACKUP ? backup : state.name());
        }
        return out;
    }

    static List<Question<?>> questions(@Nullable Peer peer) {
        return peer == null || peer.clock() == null ? List.of() : List.of(ask(peer.clock()));
    }

    /** Both times are taken within one exchange: it does not matter when a host is asked. */
    private static Question.Command ask(Ip address) {
        return Question.command("ping", "-n", "-c", "1", "-W", "1", "-T", "tsonly", address.text());
    }

    static List<Finding> findings(List<PairVip> vips, @Nullable Peer peer, Links links, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (PairVip vip : vips) out.add(finding(vip, peer, vip.state(links)));
        if (peer != null && peer.clock() != null) out.add(clocks(peer, answers.to(ask(peer.clock()))));
        return out;
    }

    private static Finding finding(PairVip vip, @Nullable Peer peer, PairVip.State state) {
        String subject = vip.subject();
        if (state == PairVip.State.PART) {
            return Finding.bad(subject, "has some of its addresses and not all: " + addresses(vip));
        }
        if (peer == null) return Finding.good(subject, "is " + state);
        String other = peer.states().get(key(vip));
        if (other == null)
            return Finding.doubtful(subject, "is " + state + "; what " + peer.name() + " is, is not known");
        String both = "is " + state + "; " + peer.name() + " is " + other;
        long masters = List.of(state.name(), other).stream()
                .filter(one -> !Set.of(BACKUP, STOPPED, HELD).contains(one))
                .count();
        if (masters > 1) return Finding.bad(subject, both + ": both answer for " + addresses(vip));
        if (masters == 0) return Finding.bad(subject, both + ": nobody answers for " + addresses(vip));
        if (other.equals(HELD)) return Finding.doubtful(subject, both + ": nobody would take over");
        if (other.equals(STOPPED)) return Finding.bad(subject, both + ": nobody would take over");
        if (vip.vip().preempt() && vip.preferred() != (state == PairVip.State.MASTER)) {
            String whose = vip.preferred() ? peer.self() : peer.name();
            return Finding.doubtful(subject, both + ", though " + whose + " is preferred");
        }
        return Finding.good(subject, both);
    }

    private static Finding clocks(Peer peer, Answer.Output said) {
        String subject = "clock";
        OptionalLong apart = apart(said.stdout());
        if (apart.isEmpty()) {
            return Finding.doubtful(
                    subject, "that of " + peer.name() + " is not known: it answers no ping with timestamps");
        }
        long millis = apart.getAsLong();
        String text = "that of " + peer.name() + " is "
                + (millis == 0 ? "the same" : Math.abs(millis) + " ms " + (millis > 0 ? "ahead" : "behind"));
        if (Math.abs(millis) < APART) return Finding.good(subject, text);
        return Finding.bad(
                subject,
                text + ": less than 1 s is needed, since WireGuard's peers ignore a new master that is behind");
    }

    /** Milliseconds since midnight, UT (RFC 791): near midnight the difference is that of two days. */
    private static OptionalLong apart(String said) {
        Matcher found = STAMPS.matcher(said);
        if (!found.find()) return OptionalLong.empty();
        long millis = Long.parseLong(found.group("apart")) % DAY;
        if (millis > DAY / 2) millis -= DAY;
        if (millis < -DAY / 2) millis += DAY;
        return OptionalLong.of(millis);
    }

    private static String addresses(PairVip vip) {
        return vip.vip().addresses().stream().map(one -> one.address().text()).collect(Collectors.joining(", "));
    }
}
