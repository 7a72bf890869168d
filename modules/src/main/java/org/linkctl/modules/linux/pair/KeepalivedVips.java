package org.linkctl.modules.linux.pair;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** What a keepalived.conf(5), linkctl's or anybody's, says of VRRP. Its passwords do not leave the host. */
public final class KeepalivedVips {
    private static final String FILE = "/etc/keepalived/keepalived.conf";

    /**
     * What is read, and nothing else: passwords stand in several places (auth_pass, checks of servers). Of other blocks their
     * braces.
     */
    private static final Question.Command TEXT = Question.command(
            "grep",
            "-soE",
            "^[[:space:]]*(vrrp_instance[[:space:]]+[^[:space:]{]+"
                    + "|(interface|virtual_router_id|priority|advert_int|include)[[:space:]]+[^[:space:]]+"
                    + "|nopreempt|virtual_ipaddress(_excluded)?|[0-9a-fA-F]*[.:][0-9a-fA-F.:]+(/[0-9]+)?)"
                    + "|[[:space:]]dev[[:space:]]+[^[:space:]]+|[{}]",
            FILE);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,6})?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    /** What of an instance has addresses in it. */
    private static final Set<String> ADDRESSES = Set.of("virtual_ipaddress", "virtual_ipaddress_excluded");

    /**
     * An instance of VRRP.
     *
     * @param id of the virtual router; 0: not said
     * @param device empty: not said, or others for some of the addresses
     * @param priority 1 to 255
     * @param interval seconds between advertisements
     * @param addresses of both families
     */
    public record Instance(
            String name, String device, int id, int priority, double interval, boolean preempt, Set<Cidr> addresses) {
        public Instance {
            addresses = Set.copyOf(addresses);
        }
    }

    private KeepalivedVips() {}

    public static Question.Command question() {
        return TEXT;
    }

    /** None where there is no such file. */
    public static List<Instance> read(Answers answers) {
        Draft draft = new Draft();
        answers.to(TEXT).stdout().lines().map(String::strip).forEach(draft::part);
        return List.copyOf(draft.out);
    }

    /** Whether other files belong to it, which are not read. */
    public static boolean includes(Answers answers) {
        return answers.to(TEXT).stdout().lines().anyMatch(line -> line.strip().startsWith("include"));
    }

    /** One part after the other, as grep(1) prints them: the name of a block comes before its brace. */
    private static final class Draft {
        private final List<Instance> out = new ArrayList<>();
        private final Deque<String> blocks = new ArrayDeque<>();
        private String named = "";
        private Instance now = none("");
        private boolean elsewhere;

        private static Instance none(String name) {
            return new Instance(name, "", 0, 100, 1, true, Set.of());
        }

        void part(String text) {
            List<String> words = List.of(text.split("\\s+", -1));
            String first = words.getFirst();
            String value = words.getLast();
            switch (first) {
                case "{" -> begin();
                case "}" -> end();
                case "vrrp_instance" -> {
                    now = none(value);
                    elsewhere = false;
                    named = first;
                }
                case "virtual_ipaddress", "virtual_ipaddress_excluded" -> named = first;
                case "dev" -> elsewhere |= isAddresses() && !value.equals(now.device);
                default -> {
                    if (isAddresses()) address(first);
                    else if ("vrrp_instance".equals(blocks.peek())) setting(first, value);
                }
            }
        }

        private void begin() {
            blocks.push(named);
            named = "";
        }

        private void end() {
            if (blocks.isEmpty() || !blocks.pop().equals("vrrp_instance")) return;
            String device = elsewhere ? "" : now.device;
            out.add(new Instance(now.name, device, now.id, now.priority, now.interval, now.preempt, now.addresses));
        }

        private boolean isAddresses() {
            return !blocks.isEmpty() && ADDRESSES.contains(blocks.peek());
        }

        private void address(String text) {
            Set<Cidr> all = new LinkedHashSet<>(now.addresses());
            Cidr.parse(text).or(() -> Ip.parse(text).map(Cidr::host)).ifPresent(all::add);
            now = new Instance(now.name, now.device, now.id, now.priority, now.interval, now.preempt, all);
        }

        private void setting(String key, String value) {
            boolean number = NUMBER.matcher(value).matches();
            String device = key.equals("interface") ? value : now.device;
            int id = key.equals("virtual_router_id") && number ? Integer.parseInt(value) : now.id;
            int priority = key.equals("priority") && number ? Integer.parseInt(value) : now.priority;
            boolean seconds = key.equals("advert_int") && SECONDS.matcher(value).matches();
            double interval = seconds ? Double.parseDouble(value) : now.interval;
            boolean preempt = now.preempt && !key.equals("nopreempt");
            now = new Instance(now.name, device, id, priority, interval, preempt, now.addresses);
        }
    }
}
