package org.linkctl.modules.freebsd.carp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.SecretRef;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.rc.RcNames;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/**
 * The addresses with one vhid on one interface.
 *
 * @param advbase seconds between advertisements
 * @param advskew 1/256 seconds more between them; the host with the least is master
 * @param yielding whether another host shall be master just now
 * @param held whether it shall stay so for as long as it is there, after a boot, too
 */
record CarpVip(
        int vhid,
        String device,
        List<Cidr> addresses,
        int advbase,
        int advskew,
        SecretRef password,
        boolean yielding,
        boolean held) {
    /**
     * A master that advertises less often than every third time is taken for dead as soon as it says so, before any time has
     * passed without it, and whether or not the others preempt (carp_input_c in netinet/ip_carp.c).
     */
    private static final int YIELDING = 4;

    /** Seconds; advbase is one byte. */
    private static final int MOST = 255;

    static final int MOST_TO_YIELD = MOST / YIELDING;

    private static final String AWAIT =
            ShellFile.of(CarpVip.class, "await-other-master.sh").text().strip();

    private static final String MASTER = "MASTER";

    private static final SecretRef UNKNOWN = new SecretRef("", new Place("", 0, 0));

    /** Numbers of rc.conf(5)'s aliases, far from those that people and other modules give. */
    private static final int FIRST_ALIAS = 2000;

    private static final int ALIASES = 16;

    /** The password is read where it is needed, and is in no other file. $1 is its file, the rest are ifconfig(8)'s words. */
    private static final String WITH_PASSWORD =
            "IFS= read -r password < \"$1\" && shift && exec ifconfig \"$@\" pass \"$password\"";

    private static final Pattern DECLARED = Pattern.compile(
            "(?m)^ifconfig_\\w+_alias[0-9]+=\"inet6? (?<address>\\S+)(?: prefixlen (?<length>[0-9]{1,3}))? vhid .*$");
    private static final Pattern READ =
            Pattern.compile("(?m)^IFS= read -r \\w+ < /etc/linkctl/carp-(?<device>[^/\\s]+)-(?<vhid>[0-9]{1,3})$");

    /** The file of the password. */
    String path() {
        return "/etc/linkctl/carp-" + device + "-" + vhid;
    }

    boolean isSame(CarpVip other) {
        return vhid == other.vhid && device.equals(other.device);
    }

    /** What rc.d/netif reads, as sh(1) has it. */
    String text() {
        StringBuilder out = new StringBuilder("IFS= read -r linkctl_password < " + path() + "\n");
        if (addresses.stream().anyMatch(Cidr::isV6)) out.append(RcNames.ipv6(device));
        for (int i = 0; i < addresses.size(); i++) {
            out.append("ifconfig_" + RcNames.of(device) + "_alias" + (FIRST_ALIAS + ALIASES * vhid + i) + "=\""
                    + String.join(" ", Ifconfig.words(addresses.get(i))) + " vhid " + vhid + " advbase " + always()
                    + " advskew " + advskew + " pass $linkctl_password\"\n");
        }
        return out.toString();
    }

    /** The vips of such a file; what else it says of them does not matter to whoever takes them away. */
    static List<CarpVip> declared(@Nullable String file) {
        Map<String, CarpVip> out = new LinkedHashMap<>();
        CarpVip now = null;
        for (String line : file == null ? List.<String>of() : file.lines().toList()) {
            Matcher read = READ.matcher(line);
            Matcher declared = DECLARED.matcher(line);
            if (read.matches()) {
                now = new CarpVip(
                        Integer.parseInt(read.group("vhid")),
                        read.group("device"),
                        List.of(),
                        0,
                        0,
                        UNKNOWN,
                        false,
                        false);
                out.put(now.path(), now);
            } else if (now != null && declared.matches()) {
                String length = declared.group("length");
                Cidr address = Cidr.parse(declared.group("address") + (length == null ? "" : "/" + length))
                        .orElse(null);
                if (address != null) {
                    List<Cidr> addresses = new ArrayList<>(now.addresses());
                    addresses.add(address);
                    now = new CarpVip(now.vhid(), now.device(), addresses, 0, 0, UNKNOWN, false, false);
                    out.put(now.path(), now);
                }
            }
        }
        return List.copyOf(out.values());
    }

    String subject() {
        return device + " vhid " + vhid;
    }

    private static String shown(int advbase, int advskew) {
        return "advbase " + advbase + " advskew " + advskew;
    }

    private Ifconfig.Device found(Ifconfig links) {
        return links.device(device).orElse(Ifconfig.Device.plain(device));
    }

    boolean runs(Ifconfig links) {
        return found(links).carp().containsKey(vhid);
    }

    void diff(List<Change> out, Ifconfig links) {
        Ifconfig.Carp now = found(links).carp().get(vhid);
        if (now == null || now.advbase() != base(now) || now.advskew() != advskew) {
            String before = now == null ? null : shown(now.advbase(), now.advskew());
            out.add(Change.state(subject(), before, shown(base(now), advskew)));
        }
        List<Cidr> held = found(links).shared(vhid);
        for (Cidr address : addresses) {
            if (!held.contains(address)) out.add(Change.state(subject() + " " + address, null, "present"));
        }
        for (Cidr address : held) {
            if (!addresses.contains(address)) {
                out.add(Change.state(subject() + " " + address, "present", null).cuts());
            }
        }
    }

    /** All that is there of it. */
    void removal(List<Change> out, Ifconfig links) {
        for (Cidr address : found(links).shared(vhid)) {
            out.add(Change.state(subject() + " " + address, "present", null).cuts());
        }
        out.add(Change.file(path(), "(hidden)\n", null));
    }

    void remove(List<Step> out, Ifconfig links) {
        for (Cidr address : found(links).shared(vhid)) out.add(Step.run(without(address), again(address, links)));
    }

    /** Whoever is held advertises less often than the other host, so that this one is master only where it is alone. */
    private int always() {
        return held ? Math.min(MOST, YIELDING * advbase) : advbase;
    }

    /** What it shall advertise with: whoever is no master has nothing to give away. */
    private int base(Ifconfig.@Nullable Carp now) {
        if (held || !yielding || now == null) return always();
        return now.state().equals(MASTER) ? YIELDING * advbase : now.advbase();
    }

    /** Without a new address or password nothing is set that would make the host give up its role. */
    void steps(List<Step> out, Ifconfig links, boolean rekeyed) {
        Ifconfig.Carp now = found(links).carp().get(vhid);
        List<Cidr> held = found(links).shared(vhid);
        for (Cidr address : held) {
            if (!addresses.contains(address)) out.add(Step.run(without(address), again(address, links)));
        }
        for (Cidr address : addresses) {
            if (!held.contains(address)) {
                out.add(Step.run(with(address, always(), advskew), without(address)));
            }
        }
        if (now == null) return;
        if (now.advbase() != base(now) || now.advskew() != advskew) {
            out.add(Step.run(
                    ifconfig(parameters(base(now), advskew)), ifconfig(parameters(now.advbase(), now.advskew()))));
        }
        if (yielding && now.state().equals(MASTER)) out.add(Step.run(untilOther()));
        if (rekeyed) {
            Argv set = withPassword(List.of("vhid", Integer.toString(vhid)));
            out.add(Step.run(set, set));
        }
    }

    /** The next advertisement says it; one whom nobody follows fails, and stays master. */
    private Argv untilOther() {
        int tenths = 10 * (YIELDING + 1) * advbase;
        return Argv.of("/bin/sh", "-c", AWAIT, "sh", device, Integer.toString(vhid), Integer.toString(tenths));
    }

    private List<String> parameters(int base, int skew) {
        return List.of(
                "vhid", Integer.toString(vhid), "advbase", Integer.toString(base), "advskew", Integer.toString(skew));
    }

    private Argv ifconfig(List<String> words) {
        List<String> all = new ArrayList<>(List.of("ifconfig", device));
        all.addAll(words);
        return new Argv(all);
    }

    private Argv with(Cidr address, int base, int skew) {
        List<String> words = new ArrayList<>(Ifconfig.words(address));
        words.add("alias"); // or the interface's first address goes
        words.addAll(parameters(base, skew));
        return withPassword(words);
    }

    /** As it was. */
    private Argv again(Cidr address, Ifconfig links) {
        Ifconfig.Carp now = found(links).carp().get(vhid);
        return now == null ? with(address, 1, 0) : with(address, now.advbase(), now.advskew());
    }

    private Argv without(Cidr address) {
        List<String> words = new ArrayList<>(Ifconfig.words(address));
        words.add("-alias");
        return ifconfig(words);
    }

    private Argv withPassword(List<String> words) {
        List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", WITH_PASSWORD, "sh", path(), device));
        all.addAll(words);
        return new Argv(all);
    }
}
