package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.UnreadableFacts;

/**
 * The interfaces of WireGuard that a host has, those of linkctl and those of others, as {@code linkctl import} has to know
 * them. No private and no pre-shared key is read.
 */
public final class WireguardImport {
    /** How a system tells of a network interface. */
    public interface Links {
        /** What is asked of one. */
        List<Question<?>> questions(String name);

        /** Null where there is no interface of that name. */
        @Nullable
        Link read(String name, Answers answers);
    }

    private final Links links;

    private static final Question.Command FILES = Question.command("ls", "-1A", "/etc/wireguard");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_=+.-]{0,14}");
    private static final String CONF = ".conf";

    public WireguardImport(Links links) {
        this.links = links;
    }

    public List<Question<?>> questions() {
        return List.of(WireguardDevice.INTERFACES, FILES);
    }

    public List<Question<?>> questions(Answers first) {
        List<Question<?>> out = new ArrayList<>();
        for (String name : WireguardDevice.names(first)) {
            out.addAll(links.questions(name));
            out.addAll(WireguardDevice.questions(name));
            out.add(key(name));
        }
        Set<String> files = files(first);
        for (String name : WireguardDevice.names(first)) if (files.contains(name)) out.add(PeerSection.question(name));
        return List.copyOf(out);
    }

    private static Question.Command key(String name) {
        return Question.command("wg", "show", name, "public-key");
    }

    private static Set<String> files(Answers answers) {
        Set<String> out = new TreeSet<>();
        for (String file : answers.to(FILES).stdout().lines().toList()) {
            if (!file.endsWith(CONF)) continue;
            String name = file.substring(0, file.length() - CONF.length());
            Matcher match = NAME.matcher(name);
            if (match.matches()) out.add(name);
        }
        return out;
    }

    public List<Found> read(Answers answers) {
        List<Found> out = new ArrayList<>();
        Set<String> files = files(answers);
        List<String> running = WireguardDevice.names(answers);
        for (String name : running) {
            try {
                out.addAll(one(name, files.contains(name), answers));
            } catch (Refused | UnreadableFacts e) {
                out.add(new Found.Unsaid(name + ": an interface of WireGuard", String.valueOf(e.getMessage())));
            }
        }
        for (String name : files) {
            if (!running.contains(name))
                out.add(new Found.Unsaid(
                        WireguardFiles.conf(name) + ": the file of an interface that is not there",
                        "a tunnel that is declared is up; bring it up (wg-quick up " + name
                                + "), or remove the file, and import once more"));
        }
        return out;
    }

    private List<Found> one(String name, boolean hasFile, Answers answers) {
        Link link = links.read(name, answers);
        if (link == null) throw new UnreadableFacts(name + " went while it was read");
        WireguardDevice device = WireguardDevice.read(name, link, answers);
        String why = device.refusal();
        if (why != null) throw new UnreadableFacts("wg show " + name + ": " + why);
        String key = answers.stdout(key(name)).strip();
        if (!WireguardFiles.KEY.matcher(key).matches())
            return List.of(new Found.Unsaid(name + ": an interface of WireGuard without a key", "it cannot work"));
        List<Found> out = new ArrayList<>();
        if (!device.fwmark().equals("off"))
            return List.of(new Found.Unsaid(
                    name + ": an interface of WireGuard with the fwmark " + device.fwmark(),
                    "linkctl's tunnels have none: the policy routing that needs it would fail"));
        if (!link.up())
            return List.of(new Found.Unsaid(
                    name + ": an interface of WireGuard that is down", "a tunnel that is declared is up"));
        ConfText conf = hasFile ? conf(name, answers, out) : null;
        out.add(interfaces(name, key, device, conf));
        return out;
    }

    private static ConfText conf(String name, Answers answers, List<Found> out) {
        String text = PeerSection.read(name, answers);
        ConfText conf = ConfText.of(text);
        if (OurFiles.isOurs(text)) return conf;
        for (String setting : conf.unsaid()) {
            out.add(new Found.Unsaid(
                    name + ": " + setting + " in " + WireguardFiles.conf(name),
                    "linkctl's file, which takes its place, does not say it: what it did lasts until " + name
                            + " starts the next time"));
        }
        return conf;
    }

    private static Found.Wireguard interfaces(
            String name, String key, WireguardDevice device, @Nullable ConfText conf) {
        List<Found.Peer> peers = new ArrayList<>();
        boolean called = device.peers().size() > 1;
        for (WireguardDevice.Peer peer : device.peers()) peers.add(peer(peer, conf, called));
        boolean portByFile = conf == null || conf.keys().containsKey("listenport");
        Link link = device.link();
        return new Found.Wireguard(name, key, device.port(), portByFile, link.addresses(), link.mtu(), peers);
    }

    /**
     * A file says where a peer is called; of one that is in no file, the kernel does.
     *
     * @param called it has several peers: where they are was learned from what they sent, and is another place soon
     */
    private static Found.Peer peer(WireguardDevice.Peer peer, @Nullable ConfText conf, boolean called) {
        ConfText.Peer said = conf == null ? null : conf.peers().get(peer.key());
        WireguardDevice.Endpoint live = peer.endpoint();
        return new Found.Peer(
                peer.key(),
                said == null ? "" : said.label(),
                peer.allowed(),
                said != null
                        ? said.endpoint()
                        : live == null || called ? null : new org.linkctl.model.Endpoint(live.address(), live.port()),
                peer.keepalive(),
                switch (peer.psk()) {
                    case NONE -> Found.PskKind.NONE;
                    case OF_FILE -> Found.PskKind.OF_FILE;
                    case OTHER -> Found.PskKind.OTHER;
                });
    }
}
