package org.linkctl.modules.freebsd.vlan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.rc.RcNames;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;

/**
 * How an interface of vlan(4) is set up.
 *
 * @param on what carries it; {@code <none>}: nothing
 * @param protocol {@code 802.1q}, or another that says of which kind its tag is
 */
record VlanSetup(String on, int number, String protocol) {
    private static final String USUAL = "802.1q";
    private static final String NOTHING = "<none>";

    /** As ifconfig(8) shows it (sbin/ifconfig/ifvlan.c, vlan_status). */
    private static final Pattern SHOWN = Pattern.compile(
            "(?m)^\\tvlan: (?<number>[0-9]{1,4}) (?:vlanproto: (?<protocol>\\S+) )?(?:vlanpcp: [0-9] )?parent interface: (?<on>\\S+)$");

    private static final Pattern CLONED = Pattern.compile("vlan[0-9]+");
    private static final String MAKE =
            ShellFile.of(VlanSetup.class, "make-vlan.sh").text();

    static VlanSetup of(String on, int number) {
        return new VlanSetup(on, number, USUAL);
    }

    /** Empty: the interface is none of vlan(4), or not there. */
    static Optional<VlanSetup> read(String text) {
        Matcher match = SHOWN.matcher(text);
        if (!match.find()) return Optional.empty();
        String protocol = match.group("protocol");
        return Optional.of(new VlanSetup(
                match.group("on"),
                Integer.parseInt(match.group("number")),
                protocol == null ? USUAL : protocol.toLowerCase(Locale.ROOT)));
    }

    boolean carried() {
        return !on.equals(NOTHING);
    }

    boolean isUsual() {
        return protocol.equals(USUAL);
    }

    String shown() {
        return carried()
                ? "VLAN " + number + " on " + on + (isUsual() ? "" : " with " + protocol)
                : "VLAN of no interface";
    }

    /** The kernel takes no other names at once (sys/net/if_vlan.c, vlan_clone_match). */
    Argv make(String name) {
        String id = Integer.toString(number);
        return CLONED.matcher(name).matches()
                ? Argv.of("ifconfig", name, "create", "vlandev", on, "vlan", id)
                : Argv.of("/bin/sh", "-c", MAKE, "linkctl", name, on, id);
    }

    /** Gives a VLAN that nothing carries its number and its carrier. */
    Argv attach(String name) {
        List<String> words = new ArrayList<>(List.of("ifconfig", name, "vlan", Integer.toString(number)));
        if (!isUsual()) words.addAll(List.of("vlanproto", protocol));
        words.addAll(List.of("vlandev", on));
        return new Argv(words);
    }

    static Argv detach(String name) {
        return Argv.of("ifconfig", name, "-vlandev");
    }

    /**
     * What rc.d/netif reads: {@code vlans_IF} names what childif_create (network.subr) makes once its carrier is there. Where
     * rc.conf makes it already, a second one of that number would be refused.
     *
     * @param up its carrier has nothing else that brings it up
     */
    String file(String name, boolean up) {
        String vlans = "vlans_" + RcNames.of(on);
        String carrier = "ifconfig_" + RcNames.of(on);
        String own = "ifconfig_" + RcNames.of(name);
        boolean usual = name.equals(on + "." + number);
        String child = usual ? Integer.toString(number) : name;
        return OurFiles.MARK + "\n"
                + "case \" ${" + vlans + "} ${cloned_interfaces} \" in\n"
                + "*\" " + name + " \"*" + (usual ? " | *\" " + child + " \"*" : "") + ") ;;\n"
                + "*) " + vlans + "=\"${" + vlans + "} " + child + "\" ;;\n"
                + "esac\n"
                + (usual ? "" : "create_args_" + RcNames.of(name) + "=\"vlan " + number + " vlandev " + on + "\"\n")
                + (up ? carrier + "=\"${" + carrier + ":-${ifconfig_DEFAULT:-up}}\"\n" : "")
                + own + "=\"${" + own + ":-up}\"\n";
    }
}
