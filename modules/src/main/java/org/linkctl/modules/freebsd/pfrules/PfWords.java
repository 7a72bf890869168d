package org.linkctl.modules.freebsd.pfrules;

import java.util.List;
import java.util.Set;
import org.linkctl.net.Cidr;

/** Names and lists that stand in pf.conf(5). A name that is a word of its grammar has to be quoted, or it is taken for that word. */
public final class PfWords {
    /** What lookup() in sbin/pfctl/parse.y knows in 13.2 or in 15.1. */
    private static final Set<String> GRAMMAR = Set.of("""
            af-to all allow-opts allow-related altq anchor antispoof any bandwidth binat binat-anchor binat-to
            bitmask block block-policy bridge-to buckets cbq code codelq crop debug divert-reply divert-to dnpipe
            dnqueue drop drop-ovl dup-to endpoint-independent ether fail-policy fairq fastroute file fingerprints
            flags floating flush for fragment from global group hfsc hogs hostid icmp-type icmp6-type if-bound in
            include inet inet6 interval keep keepcounters l3 label limit linkshare load log loginterface
            map-e-portset match matches max max-mss max-pkt-rate max-pkt-size max-src-conn max-src-conn-rate
            max-src-nodes max-src-states min-ttl modulate nat nat-anchor nat-to no no-df no-route no-sync on
            optimization os out overload pass pflow port prefer-ipv6-nexthop prio priority priq probability proto
            qlimit queue quick random random-id rdr rdr-anchor rdr-to realtime reassemble received-on reply-to
            require-order return return-icmp return-icmp6 return-rst ridentifier round-robin route route-to rtable
            rule ruleset-optimization scrub set set-tos skip sloppy source-hash source-track state state-defaults
            state-policy static-port sticky-address syncookies synproxy table tag tagged target tbrsize timeout to
            tos ttl upperlimit urpf-failed user
            """.split("\\s+"));

    /** The anchor that holds linkctl's rules where the main ruleset is somebody else's. */
    public static final String ANCHOR = "linkctl/rules";

    private PfWords() {}

    static String name(String name) {
        return GRAMMAR.contains(name) ? '"' + name + '"' : name;
    }

    static String table(String name) {
        return "<" + name(name) + ">";
    }

    /** As pfctl(8) prints it: without the length of a single address. */
    static String shown(Cidr prefix) {
        return prefix.equals(Cidr.host(prefix.address())) ? prefix.address().text() : prefix.toString();
    }

    static String list(List<String> words) {
        if (words.isEmpty()) return "any";
        return words.size() == 1 ? words.getFirst() : "{ " + String.join(", ", words) + " }";
    }
}
