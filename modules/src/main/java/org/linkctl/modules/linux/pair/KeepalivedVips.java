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

    private static final Question.Command TEXT =
            Question.command("sed", "-E", "s/^([[:space:]]*auth_pass)([[:space:]].*)?$/\\1 (hidden)/", FILE);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,6})?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    /** What of an instance has addresses in it. */
    private static final Set<String> ADDRESSES = Set.of("virtual_ipaddress", "virtual_ipaddress_excluded");

    /**
     * An instance of VRRP.
     *
     * @param id of the virtual router; 0: not said
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
        for (String line : answers.to(TEXT).stdout().lines().toList()) {
            String said = line.replaceFirst("[#!].*", "").replace("{", " {").strip();
            if (!said.isEmpty()) draft.line(List.of(said.split("\\s+", -1)));
        }
        return List.copyOf(draft.out);
    }

    /** One line after the other: a block begins at the end of one, and ends with a line of its own. */
    private static final class Draft {
        private final List<Instance> out = new ArrayList<>();
        private final Deque<String> blocks = new ArrayDeque<>();
        private Instance now = none("");

        private static Instance none(String name) {
            return new Instance(name, "", 0, 100, 1, true, Set.of());
        }

        void line(List<String> words) {
            String first = words.getFirst();
            if (words.getLast().equals("{")) {
                if (first.equals("vrrp_instance")) now = none(words.get(1));
                blocks.push(first);
            } else if (first.equals("}")) {
                if (!blocks.isEmpty() && blocks.pop().equals("vrrp_instance")) out.add(now);
            } else if (!blocks.isEmpty() && ADDRESSES.contains(blocks.peek())) {
                address(words);
            } else if ("vrrp_instance".equals(blocks.peek())) {
                setting(first, words.size() > 1 ? words.get(1) : "");
            }
        }

        private void address(List<String> words) {
            Set<Cidr> all = new LinkedHashSet<>(now.addresses());
            Cidr.parse(words.getFirst())
                    .or(() -> Ip.parse(words.getFirst()).map(Cidr::host))
                    .ifPresent(all::add);
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
