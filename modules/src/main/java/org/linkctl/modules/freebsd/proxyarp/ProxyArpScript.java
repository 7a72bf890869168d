package org.linkctl.modules.freebsd.proxyarp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.freebsd.vip.ProxyArpGroup;
import org.linkctl.modules.freebsd.vip.VipState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Ip;
import org.linkctl.shell.ShellTemplate;

/** The script that makes the ARP table right, and the one by which rc(8) runs it at boot. POSIX sh. */
final class ProxyArpScript {
    static final String RC = "/usr/local/etc/rc.d/linkctl_proxy_arp";

    private static final ShellTemplate PROGRAM = ShellFile.of(ProxyArpScript.class, "proxy-arp.sh");

    private static final ShellTemplate RC_PROGRAM = ShellFile.of(ProxyArpScript.class, "rc.sh");

    private static final Pattern ENTRIES = Pattern.compile("(?m)^entries='(?<entries>[^']*)'$");
    private static final Pattern ENTRY = Pattern.compile("[^/ ]+/[0-9]+/[0-9a-f:]+/(?<address>[0-9.]+)");

    private ProxyArpScript() {}

    /** None where there is nothing to answer for. */
    static RcProgram.Texts texts(List<ProxyArpGroup> groups) {
        return groups.isEmpty() ? RcProgram.Texts.NONE : new RcProgram.Texts(script(groups), rc());
    }

    static String script(List<ProxyArpGroup> groups) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .words(
                        "ENTRIES",
                        groups.stream().flatMap(ProxyArpScript::entries).toList())
                .word(
                        "PATIENCE",
                        Integer.toString(VipState.patience(groups.stream().map(ProxyArpGroup::interval))))
                .text();
    }

    private static Stream<String> entries(ProxyArpGroup group) {
        return group.addresses().stream()
                .map(address -> String.join("/", group.device(), "" + group.vhid(), group.mac(), address.text()));
    }

    static String rc() {
        return RC_PROGRAM
                .lines("MARK", List.of(OurFiles.MARK))
                .word("PATH", Programs.PROXY_ARP)
                .text();
    }

    /** The addresses that such a script answers for. */
    static List<Ip> addresses(@Nullable String script) {
        return Stream.ofNullable(script)
                .flatMap(text -> ENTRIES.matcher(text).results())
                .flatMap(found -> ENTRY.matcher(Objects.requireNonNull(found.group("entries")))
                        .results())
                .map((MatchResult entry) -> Ip.parse(entry.group("address")))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }
}
