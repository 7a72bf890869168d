package org.linkctl.modules.linux.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.UnreadableFacts;

/**
 * Which stack runs a host's network, our files in it, and what of others' files matters to us.
 *
 * @param stack null where it is none that linkctl writes for
 * @param refusal why, then
 * @param ours our own files, by path
 * @param networkd others' files and ours, as systemd-networkd uses them
 * @param netplan what netplan made of the files in /etc/netplan
 * @param manager NetworkManager's interfaces and profiles, where it runs the network
 * @param stanzas others', where ifupdown reads them at boot: beside systemd-networkd, too
 */
public record StackFacts(
        @Nullable NetworkStack stack,
        String refusal,
        Map<String, String> ours,
        NetworkdFiles networkd,
        NetplanFiles netplan,
        NetworkManagerFacts manager,
        List<Stanza> stanzas) {
    private static final Question.Command NETWORKD =
            Question.command("systemctl", "is-active", "systemd-networkd.service");
    private static final Question.Command IFUPDOWN = Question.command("systemctl", "is-enabled", "networking.service");
    private static final Question.Command MANAGER =
            Question.command("systemctl", "is-active", "NetworkManager.service");
    private static final Question.Command NETPLAN = Question.command("ls", "/etc/netplan");

    /** Which program brings interfaces up at boot: several go by that name. */
    private static final Question.Command IFUP = Question.command("readlink", "-f", "/sbin/ifup");

    /** Not a pattern such as {@code interfaces.d/*.cfg}: our files would not be among those. */
    private static final Question.Command SOURCED = Question.command(
            "grep",
            "-sE",
            "^[[:space:]]*source(-directory[[:space:]]+(/etc/network/)?interfaces\\.d/?"
                    + "|[[:space:]]+(/etc/network/)?interfaces\\.d/\\*)[[:space:]]*$",
            "/etc/network/interfaces");

    private static final Question.Command OURS = Question.command(
            "grep", "-rsH", "--include=*linkctl*", "", "/etc/systemd/network", "/etc/network", "/etc/netplan");

    /** What BondUnit makes. */
    private static final Question.Command UNITS =
            Question.command("grep", "-rsH", "--include=linkctl-bond-*", "", "/etc/systemd/system");

    public static List<Question<?>> questions() {
        List<Question<?>> out =
                new ArrayList<>(List.of(NETWORKD, IFUPDOWN, MANAGER, NETPLAN, IFUP, SOURCED, OURS, UNITS));
        out.addAll(NetworkdFiles.questions());
        out.addAll(NetplanFiles.questions());
        out.addAll(NetworkManagerFacts.questions());
        out.add(Stanza.question());
        return List.copyOf(out);
    }

    public static StackFacts from(Answers answers) {
        if (answers.to(NETWORKD).exit() == 127) return none("it does not run systemd");
        boolean netplan = answers.to(NETPLAN).stdout().contains(".yaml");
        if (netplan) return netplan(answers);
        if (says(answers.to(MANAGER), "active")) return manager(answers);
        if (says(answers.to(NETWORKD), "active")) return networkd(new Networkd(), answers);
        return ifupdown(answers);
    }

    private static StackFacts manager(Answers answers) {
        if (!NetworkManagerFacts.answered(answers))
            return none("NetworkManager runs its network, and there is no nmcli that reaches it");
        return new StackFacts(
                new NetworkManager(),
                "",
                files(NetworkManagerFacts.ours(answers)),
                NetworkdFiles.NONE,
                NetplanFiles.NONE,
                NetworkManagerFacts.read(answers),
                List.of());
    }

    private static StackFacts networkd(NetworkStack stack, Answers answers) {
        List<Stanza> others = says(answers.to(IFUPDOWN), "enabled") ? Stanza.read(answers) : List.of();
        Map<String, String> ours = files(answers.to(OURS));
        ours.putAll(files(answers.to(UNITS)));
        return new StackFacts(
                stack,
                "",
                ours,
                NetworkdFiles.read(answers),
                NetplanFiles.read(answers),
                NetworkManagerFacts.NONE,
                others);
    }

    /**
     * What netplan's renderer NetworkManager has are profiles as any other owner's, beside which linkctl's are: netplan only
     * writes them.
     */
    private static StackFacts netplan(Answers answers) {
        String netplan = "netplan runs its network (/etc/netplan)";
        boolean networkd = says(answers.to(NETWORKD), "active");
        if (NetplanFiles.read(answers).renderers().contains(NetplanFiles.MANAGER)) {
            if (networkd && NetplanFiles.generatedFor(NetworkdFiles.read(answers)))
                return none(netplan + " with both renderers, networkd and NetworkManager");
            return says(answers.to(MANAGER), "active")
                    ? manager(answers)
                    : none(netplan + " with the renderer NetworkManager, which does not run");
        }
        if (!networkd) return none(netplan + ", and systemd-networkd does not run");
        StackFacts out = networkd(new Netplan(), answers);
        if (out.netplan().tooOld())
            return none("netplan " + out.netplan().version()
                    + " runs its network, which loses routes where files add up (0.106 and later do not)");
        return out;
    }

    private static StackFacts ifupdown(Answers answers) {
        if (!says(answers.to(IFUPDOWN), "enabled")) {
            return none("neither systemd-networkd nor ifupdown (networking.service) runs its network");
        }
        String ifup = answers.to(IFUP).stdout().strip();
        boolean second = ifup.contains("/ifupdown2/");
        if (!second && !ifup.endsWith("/sbin/ifup"))
            return none("another ifup than ifupdown's (" + ifup + ") runs its network, which reads other files than"
                    + " ifupdown does");
        if (!answers.to(SOURCED).ok()) {
            return none("its /etc/network/interfaces has no line 'source /etc/network/interfaces.d/*'");
        }
        return new StackFacts(
                second ? new Ifupdown2() : new Ifupdown(),
                "",
                files(answers.to(OURS)),
                NetworkdFiles.NONE,
                NetplanFiles.NONE,
                NetworkManagerFacts.NONE,
                Stanza.read(answers));
    }

    private static StackFacts none(String why) {
        return new StackFacts(
                null, why, Map.of(), NetworkdFiles.NONE, NetplanFiles.NONE, NetworkManagerFacts.NONE, List.of());
    }

    private static boolean says(Answer.Output output, String word) {
        return output.stdout().strip().equals(word);
    }

    /** Whether a file of the stack, somebody's or linkctl's, configures an interface. */
    public boolean configures(String device) {
        return stanzas.stream().anyMatch(stanza -> stanza.device().equals(device))
                || networkd.of(device).isPresent()
                || netplan.kinds().containsKey(device)
                || manager.configures(device)
                || ours.keySet().stream().anyMatch(path -> path.contains("linkctl-" + device));
    }

    /** The stack, or a refusal that names what runs the network instead. */
    public NetworkStack require() {
        if (stack == null) {
            throw new Refused(
                    refusal
                            + "; linkctl configures systemd-networkd, NetworkManager, netplan over one of them, ifupdown and ifupdown2");
        }
        return stack;
    }

    /**
     * What VLANs, bridges, default routes and DHCP need of the stack.
     *
     * @param what is declared that needs it
     */
    public DeviceFiles requireDevices(String what) {
        NetworkStack running = require();
        return running.devices()
                .orElseThrow(() -> new Refused(what + " is declared, and on a host of " + running.name()
                        + " linkctl configures no VLANs, bridges, default routes and DHCP; it does on hosts of"
                        + " systemd-networkd, netplan, NetworkManager, ifupdown and ifupdown2"));
    }

    /** grep(1) -H prints {@code path:line} for every line: all our files in one answer. */
    private static Map<String, String> files(Answer.Output output) {
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        for (String line : output.stdout().lines().toList()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) != '/') throw new UnreadableFacts("our files: '" + line + "'");
            texts.computeIfAbsent(line.substring(0, colon), path -> new StringBuilder())
                    .append(line, colon + 1, line.length())
                    .append('\n');
        }
        Map<String, String> out = new LinkedHashMap<>();
        texts.forEach((path, text) -> out.put(path, text.toString()));
        return out;
    }
}
