package org.linkctl.modules.freebsd.proxyarp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.vip.ProxyArpGroup;
import org.linkctl.modules.freebsd.vip.VipState;
import org.linkctl.net.Ip;

/** The script that makes the ARP table right, and the one by which rc(8) runs it at boot. POSIX sh. */
final class ProxyArpScript {
    static final String RC = "/usr/local/etc/rc.d/linkctl_proxy_arp";

    private static final String SCRIPT = """
            #!/bin/sh
            @MARK@
            # The master of a vhid answers for these addresses of others, with the vhid's own Ethernet address; the other
            # host does not. It looks at what carp(4) says now and makes the ARP table right, however often it is run:
            # by devd(8) when a state changes, at boot, by linkctl and by hand.
            # usage: proxy-arp [settle | VHID@INTERFACE STATE]
            PATH=/sbin:/bin:/usr/sbin:/usr/bin
            export PATH
            # INTERFACE/VHID/ETHERNET-ADDRESS/ADDRESS each
            entries='@ENTRIES@'
            patience=@PATIENCE@
            role= # what look has found

            look() { # look INTERFACE VHID: sets the role
                case $(ifconfig "$1" 2>/dev/null) in
                    *"carp: MASTER vhid $2 "*) role=master ;;
                    *"carp: INIT vhid $2 "*) role=none ;;
                    *) role=other ;;
                esac
            }

            undecided() { # is a vhid not master here, as it may still become?
                local entry rest
                for entry in $entries; do
                    rest=${entry#*/}
                    look "${entry%%/*}" "${rest%%/*}"
                    [ $role = master ] || return 0
                done
                return 1
            }

            case $1 in
                locked) ;;
                settle)
                    while [ $patience -gt 0 ] && undecided; do
                        sleep 1
                        patience=$((patience - 1))
                    done
                    exec "$0"
                    ;;
                *) exec lockf -k /var/run/linkctl-proxy-arp.lock "$0" locked ;;
            esac

            published=$(arp -an | sed -n 's/^[^ ]* (\\(.*\\)) at \\([^ ]*\\) on \\([^ ]*\\) permanent published.*/ \\1 \\2 \\3 /p')
            failed=0
            asked=
            said=
            for entry in $entries; do
                address=${entry##*/}
                rest=${entry%/*}
                mac=${rest##*/}
                rest=${rest%/*}
                device=${rest%/*}
                if [ "$asked" != "$rest" ]; then
                    look "$device" "${rest#*/}"
                    asked=$rest
                fi
                # Nobody asks on an interface that is down, and arp(8) finds nothing there. A state follows when it is up.
                [ $role != none ] || continue
                case $role$published in
                    master*" $address $mac $device "*) continue ;;
                    *" $address "*)
                        if arp -d "$address" >/dev/null; then said="$said, $address taken out"; else failed=1; fi
                        ;;
                esac
                [ $role = master ] || continue
                # Where the kernel tells the network of a new entry, it does so now.
                if arp -s "$address" "$mac" pub; then said="$said, $address put in on $device"; else failed=1; fi
            done
            [ -z "$said" ] || logger -t linkctl-proxy-arp "${said#, }"
            exit $failed
            """;

    private static final String RC_SCRIPT = """
            #!/bin/sh
            @MARK@
            # PROVIDE: linkctl_proxy_arp
            # REQUIRE: netif devd
            . /etc/rc.subr

            name=linkctl_proxy_arp
            desc="ARP entries that the master of a pair publishes"
            start_cmd=@PATH@
            stop_cmd=:

            load_rc_config $name
            run_rc_command "$1"
            """;

    private static final Pattern ENTRIES = Pattern.compile("(?m)^entries='(?<entries>[^']*)'$");
    private static final Pattern ENTRY = Pattern.compile("[^/ ]+/[0-9]+/[0-9a-f:]+/(?<address>[0-9.]+)");

    private ProxyArpScript() {}

    /** Null where there is nothing to answer for. */
    static @Nullable String script(List<ProxyArpGroup> groups) {
        if (groups.isEmpty()) return null;
        String entries = groups.stream()
                .flatMap(group -> group.addresses().stream()
                        .map(address ->
                                String.join("/", group.device(), "" + group.vhid(), group.mac(), address.text())))
                .collect(Collectors.joining(" "));
        return SCRIPT.replace("@MARK@", OurFiles.MARK)
                .replace("@ENTRIES@", entries)
                .replace(
                        "@PATIENCE@",
                        Integer.toString(VipState.patience(groups.stream().map(ProxyArpGroup::interval))));
    }

    static String rc() {
        return RC_SCRIPT.replace("@MARK@", OurFiles.MARK).replace("@PATH@", Programs.PROXY_ARP);
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
