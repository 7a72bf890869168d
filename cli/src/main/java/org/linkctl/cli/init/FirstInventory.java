package org.linkctl.cli.init;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.linkctl.model.Os;
import org.linkctl.model.SshTarget;

/** The questions of {@code linkctl init}, in their order. */
public final class FirstInventory {
    private static final String NONE = "-";

    /** An address for each tunnel's end. */
    private static final int MOST_TUNNELS = 32;

    private final Questions questions;
    private final Function<String, Optional<String>> check;
    private Draft draft = Draft.of("net", List.of("a", "b"));

    private FirstInventory(Questions questions, Function<String, Optional<String>> check) {
        this.questions = questions;
        this.check = check;
    }

    /**
     * Asks all.
     *
     * @param check what is wrong with the text of an inventory; empty: nothing
     * @return the text of the inventory
     * @throws org.linkctl.cli.context.Failure where the input ends before
     */
    public static String ask(org.linkctl.cli.io.Terminal terminal, Function<String, Optional<String>> check) {
        FirstInventory made = new FirstInventory(new Questions(terminal), check);
        made.all();
        return made.draft.text();
    }

    private void all() {
        questions.note("Each question shows in brackets what an empty answer stands for. Ctrl-C writes nothing.\n");
        set("Name of the network", draft.name(), (now, answer) -> new Draft(answer, now.sites(), now.joins()));
        set("Sites, separated by commas", "a, b", (now, answer) -> {
            List<String> names = Draft.list(answer);
            if (names.contains("") || new HashSet<>(names).size() < names.size())
                throw new IllegalArgumentException("a name for each site, and no name twice, such as: a, b");
            return Draft.of(now.name(), names);
        });
        for (int i = 0; i < draft.sites().size(); i++) site(i);
        if (draft.sites().size() > 1) joins();
    }

    private void site(int index) {
        String site = draft.sites().get(index).name();
        questions.note("\nSite " + site + ", with one host: others are added to the file.");
        set(
                "Prefix of the LAN of site " + site + "; of both families, separated by a comma, if it has them",
                draft.sites().get(index).lan(),
                (now, answer) -> now.lan(index, answer));
        setSite(
                index,
                "Name of its host",
                draft.sites().get(index).host(),
                (now, answer) -> now.host(answer).ssh(answer));
        String host = draft.sites().get(index).host();
        setSite(index, "System of " + host + ", linux or freebsd", "linux", (now, answer) -> {
            Os os = FirstInventory.<Os>choice(answer, "linux", Os.LINUX, "freebsd", Os.FREEBSD);
            return now.os(os).ports(os == Os.LINUX ? "eth0" : "em0");
        });
        setSite(index, "How to log in to " + host + ", as ssh takes it (USER@HOST:PORT)", host, DraftSite::ssh);
        setSite(
                index,
                "Its interface on the LAN; two or more, separated by commas, make a bond",
                draft.sites().get(index).ports(),
                DraftSite::ports);
        if (draft.sites().get(index).isBonded()) {
            setSite(
                    index,
                    "Mode of the bond, lacp (the switch takes part) or active-backup",
                    "lacp",
                    (now, answer) -> now.mode(choice(answer, "lacp", "LACP", "active-backup", "ACTIVE_BACKUP")));
        }
        setSite(
                index,
                "Address of " + host + " on the LAN",
                draft.sites().get(index).address(),
                DraftSite::address);
    }

    private void joins() {
        questions.note("\nTunnels join the first site to each other one.");
        for (int i = 0; i < draft.joins().size(); i++) {
            int join = i;
            String both = draft.sites().getFirst().name() + " and "
                    + draft.joins().get(i).to();
            set("Tunnels between " + both + ", 0 for none", "1", (now, answer) -> {
                int count = number(answer, 0, MOST_TUNNELS);
                Draft free = now.join(
                        join,
                        one -> one.count(count).transit(now.freeTransit(join)).routed(count > 0));
                return count == 0 ? free : called(free, join);
            });
            if (draft.joins().get(i).count() > 0) details(join, both);
        }
    }

    /** Until it is asked, the first site is called where it is logged in to. */
    private static Draft called(Draft now, int join) {
        int other = join + 1;
        boolean known = !now.sites().getFirst().endpoint().isEmpty()
                || !now.sites().get(other).endpoint().isEmpty();
        return known ? now : now.site(0, site -> site.endpoint("192.0.2.1"));
    }

    private void details(int join, String both) {
        if (join == 0) endpoint(0, true);
        endpoint(join + 1, false);
        set(
                "First UDP port of the tunnels between " + both,
                Integer.toString(draft.joins().get(join).port()),
                (now, answer) -> now.join(join, one -> one.port(number(answer, 1, 65_472))));
        set(
                "Prefix for the addresses of these tunnels",
                draft.joins().get(join).transit(),
                (now, answer) -> now.join(join, one -> one.transit(answer)));
        set(
                "Route between the LANs of " + both + " over them, y or n",
                "y",
                (now, answer) -> now.join(join, one -> one.routed(choice(answer, "y", true, "n", false))));
    }

    /** The first site's answer may be that it calls, so that the other one has to be called: that is known one question later. */
    private void endpoint(int index, boolean first) {
        DraftSite site = draft.sites().get(index);
        String usual = first ? reachable(site.ssh()) : NONE;
        boolean needed = !first && draft.sites().getFirst().endpoint().isEmpty();
        if (needed) usual = reachable(site.ssh());
        set(
                "Address or name by which the other end calls " + site.host() + ", " + NONE
                        + " where it is behind NAT and calls",
                usual,
                (now, answer) -> {
                    String endpoint = answer.equals(NONE) ? "" : answer;
                    if (needed && endpoint.isEmpty())
                        throw new IllegalArgumentException("one of the two ends has to be called");
                    return now.site(index, one -> one.endpoint(endpoint));
                },
                first);
    }

    /** What ssh connects to; an alias of ssh_config need not be a name that others know. */
    private static String reachable(String ssh) {
        return SshTarget.parse(ssh).map(SshTarget::host).orElse(NONE);
    }

    private void setSite(int index, String question, String usual, BiFunction<DraftSite, String, DraftSite> change) {
        set(
                question,
                usual,
                (now, answer) -> now.site(index, (UnaryOperator<DraftSite>) site -> change.apply(site, answer)));
    }

    private void set(String question, String usual, BiFunction<Draft, String, Draft> change) {
        set(question, usual, change, false);
    }

    /** @param incomplete whether a draft without any endpoint will do, since the next question asks for the other one */
    private void set(String question, String usual, BiFunction<Draft, String, Draft> change, boolean incomplete) {
        Draft before = draft;
        questions.ask(question, usual, answer -> {
            try {
                draft = change.apply(before, answer);
            } catch (IllegalArgumentException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
            boolean uncalled = incomplete
                    && draft.sites().stream().allMatch(site -> site.endpoint().isEmpty());
            return uncalled ? Optional.empty() : check.apply(draft.text());
        });
    }

    private static <T> T choice(String answer, String one, T first, String other, T second) {
        String said = answer.toLowerCase(Locale.ROOT);
        if (said.equals(one)) return first;
        if (said.equals(other)) return second;
        throw new IllegalArgumentException("'" + answer + "' is neither " + one + " nor " + other);
    }

    private static int number(String answer, int least, int most) {
        if (answer.matches("[0-9]{1,5}")) {
            int number = Integer.parseInt(answer);
            if (number >= least && number <= most) return number;
        }
        throw new IllegalArgumentException("'" + answer + "' is no whole number from " + least + " to " + most);
    }
}
