package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * A network interface as the kernel has it, with what wg(8) says of it. {@code wg show IF dump} and {@code showconf}
 * are never asked: they print the private key.
 *
 * @param refusal what wg(8) said where it could not read the interface; null where it could
 * @param port UDP port it listens on
 * @param fwmark as wg(8) prints it; {@code off} for none
 * @param now the host's clock, seconds since 1970
 */
public record WireguardDevice(
        Link link, @Nullable String refusal, int port, String fwmark, List<Peer> peers, long now) {
    /** Whether a peer's pre-shared key in the kernel is the one of the tunnel's file. */
    public enum Psk {
        NONE,
        OF_FILE,
        OTHER
    }

    /**
     * A peer as the kernel has it.
     *
     * @param allowed its AllowedIPs
     * @param endpoint where packets to it go; null where that is not known
     * @param keepalive seconds between keepalives; null where none are sent
     * @param handshake when the last one was, in seconds since 1970; 0 where there was none
     */
    public record Peer(
            String key,
            Psk psk,
            Set<Cidr> allowed,
            @Nullable Endpoint endpoint,
            @Nullable Integer keepalive,
            long handshake) {
        public Peer {
            allowed = Set.copyOf(allowed);
        }

        private Peer at(long handshake) {
            return new Peer(key, psk, allowed, endpoint, keepalive, handshake);
        }

        public String allowedText() {
            return String.join(
                    ",", new TreeSet<>(allowed).stream().map(Cidr::toString).toList());
        }
    }

    /** An address, without a zone, and a port, as the kernel has them. */
    public record Endpoint(String address, int port) {
        @Override
        public String toString() {
            return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
        }
    }

    /** Keys of a session are refused after this many seconds (REJECT_AFTER_TIME, www.wireguard.com/protocol). */
    public static final long SESSION_SECONDS = 180;

    /** Stands in {@link #refusal} for a host without wireguard-tools: nothing can be said until it has them. */
    public static final String NO_TOOLS = "wg(8) is not installed";

    /** The same of an interface that is not to be up. */
    public WireguardDevice asIfUp() {
        Link up = new Link(true, link.mtu(), link.addresses());
        return new WireguardDevice(up, refusal, port, fwmark, peers, now);
    }

    /** What wg(8) shows of an interface. */
    private static final String PORT = "listen-port";

    private static final String MARK = "fwmark";
    private static final String ALLOWED = "allowed-ips";
    private static final String ENDPOINTS = "endpoints";
    private static final String KEEPALIVE = "persistent-keepalive";
    private static final String HANDSHAKES = "latest-handshakes";

    /** The host's own: handshakes are told in its seconds. */
    private static final Question.Command CLOCK = Question.command("date", "+%s");

    private static final Pattern ENDPOINT = Pattern.compile("\\[?([0-9A-Fa-f:.]+)(?:%[^]]+)?]?:([0-9]{1,5})");

    /**
     * Compares on the host, so that no pre-shared key is told: for each peer of interface $1, is its key that of file $2?
     */
    public static final String COMPARE_PSK =
            ShellFile.of(WireguardDevice.class, "compare-psk.sh").text().strip();

    public WireguardDevice {
        peers = List.copyOf(peers);
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_=+.-]{0,14}");

    /** Asks which interfaces of WireGuard there are, of the kernel or of a program. */
    public static final Question.Command INTERFACES = Question.command("wg", "show", "interfaces");

    /** The answer to {@link #INTERFACES}; none where wg(8) is not installed. */
    public static List<String> names(Answers answers) {
        Answer.Output out = answers.to(INTERFACES);
        if (!out.ok() || out.stdout().isBlank()) return List.of();
        List<String> names = List.of(out.stdout().strip().split("\\s+", -1));
        for (String name : names) {
            if (!NAME.matcher(name).matches()) throw new UnreadableFacts("wg show interfaces: '" + name + "'");
        }
        return names;
    }

    private static Question.Command comparePsk(String name) {
        return Question.command("/bin/sh", "-c", COMPARE_PSK, "sh", name, WireguardFiles.psk(name));
    }

    private static Question.Command show(String name, String what) {
        return Question.command("wg", "show", name, what);
    }

    public static List<Question<?>> questions(String name) {
        List<Question<?>> out = new ArrayList<>(List.of(comparePsk(name), CLOCK));
        for (String what : List.of(PORT, MARK, ALLOWED, ENDPOINTS, KEEPALIVE, HANDSHAKES)) out.add(show(name, what));
        return List.copyOf(out);
    }

    /** @param link the interface, as its system tells of it */
    public static WireguardDevice read(String name, Link link, Answers answers) {
        Answer.Output port = answers.to(show(name, PORT));
        if (!port.ok()) {
            String why = port.exit() == 127 ? NO_TOOLS : port.stderr().strip();
            return new WireguardDevice(link, why, 0, "off", List.of(), 0);
        }
        return new WireguardDevice(
                link,
                null,
                (int) number(name, PORT, port.stdout()),
                answers.stdout(show(name, MARK)).strip(),
                peers(name, answers),
                number("clock", "seconds", answers.stdout(CLOCK)));
    }

    private static List<Peer> peers(String name, Answers answers) {
        Map<String, String> allowed = byPeer(name, ALLOWED, answers);
        Map<String, String> endpoints = byPeer(name, ENDPOINTS, answers);
        Map<String, String> keepalives = byPeer(name, KEEPALIVE, answers);
        Map<String, String> handshakes = byPeer(name, HANDSHAKES, answers);
        Map<String, String> psks = lines(name, "preshared-keys", answers.stdout(comparePsk(name)));
        List<Peer> out = new ArrayList<>();
        for (String key : allowed.keySet()) {
            out.add(new Peer(
                    key,
                    psk(name, of(psks, key, name)),
                    prefixes(name, of(allowed, key, name)),
                    endpoint(name, of(endpoints, key, name)),
                    keepalive(name, of(keepalives, key, name)),
                    number(name, HANDSHAKES, of(handshakes, key, name))));
        }
        return out;
    }

    private static Map<String, String> byPeer(String name, String what, Answers answers) {
        return lines(name, what, answers.stdout(show(name, what)));
    }

    /** Lines of a peer's key, white space, and a value. */
    private static Map<String, String> lines(String name, String what, String text) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+", 2);
            if (words.length != 2 || !WireguardFiles.KEY.matcher(words[0]).matches()) throw odd(name, what, line);
            out.put(words[0], words[1]);
        }
        return out;
    }

    private static String of(Map<String, String> values, String key, String name) {
        String value = values.get(key);
        if (value == null) throw new UnreadableFacts("peers of " + name + " changed while they were read: " + key);
        return value;
    }

    private static Psk psk(String name, String text) {
        return switch (text) {
            case "none" -> Psk.NONE;
            case "file" -> Psk.OF_FILE;
            case "other" -> Psk.OTHER;
            default -> throw odd(name, "preshared-keys", text);
        };
    }

    private static Set<Cidr> prefixes(String name, String text) {
        Set<Cidr> out = new TreeSet<>();
        if (text.equals("(none)")) return out;
        for (String word : text.split("\\s+", -1)) {
            out.add(Cidr.parse(word).orElseThrow(() -> odd(name, ALLOWED, text)));
        }
        return out;
    }

    private static @Nullable Endpoint endpoint(String name, String text) {
        if (text.equals("(none)")) return null;
        Matcher match = ENDPOINT.matcher(text);
        if (!match.matches()) throw odd(name, ENDPOINTS, text);
        return new Endpoint(match.group(1), (int) number(name, ENDPOINTS, match.group(2)));
    }

    private static @Nullable Integer keepalive(String name, String text) {
        return text.equals("off") ? null : Integer.valueOf((int) number(name, KEEPALIVE, text));
    }

    private static long number(String name, String what, String text) {
        if (!text.strip().matches("[0-9]{1,15}")) throw odd(name, what, text);
        return Long.parseLong(text.strip());
    }

    private static UnreadableFacts odd(String name, String what, String text) {
        return new UnreadableFacts(what + " of " + name + ": '" + text.strip() + "'");
    }

    /** The same with later handshakes, as {@code date} and {@code wg show latest-handshakes} told; where they told none, as it is. */
    WireguardDevice after(String later, String name) {
        int end = later.indexOf('\n');
        if (end < 0) return this;
        Map<String, String> handshakes = lines(name, HANDSHAKES, later.substring(end + 1));
        List<Peer> out = new ArrayList<>();
        for (Peer peer : peers) {
            String handshake = handshakes.get(peer.key());
            out.add(handshake == null ? peer : peer.at(number(name, HANDSHAKES, handshake)));
        }
        return new WireguardDevice(
                link, refusal, port, fwmark, out, number("clock", "seconds", later.substring(0, end)));
    }

    /** Every peer, and there is one, has the pre-shared key of the file. */
    public boolean usesPskOfFile() {
        return !peers.isEmpty() && peers.stream().allMatch(peer -> peer.psk() == Psk.OF_FILE);
    }

    public boolean lacksTools() {
        return NO_TOOLS.equals(refusal);
    }

    /** Two hosts spoke with each other so lately that the session's keys still count. */
    public boolean recent(Peer peer) {
        return peer.handshake() > 0 && now - peer.handshake() < SESSION_SECONDS;
    }
}
