package org.linkctl.cli.hosts

import java.time.Duration
import org.linkctl.lab.Lab
import org.linkctl.lab.LabException
import org.linkctl.lab.Poll

/**
 * What a Linux host's kernel has of its network: links with their addresses on the wire and queueing disciplines, bonds
 * with the order of their members, addresses, routes of all tables, rules, and kernel parameters. Left out is only what
 * is another at every boot or by itself: interface indices, lifetimes, counters, and the order in which things are listed.
 * The order of a route's next hops counts.
 */
class NetworkState {
    /** Sections begin with a line `== NAME`. */
    private static final String SCRIPT = '''
        echo '== links'; ip -o link show | sed -E 's/^[0-9]+: //; s/@if[0-9]+:/:/' | sort
        echo '== bonds'; (cd /sys/class/net && grep -H . */bonding/slaves */bonding/mode */bonding/xmit_hash_policy */bonding/miimon */bonding/lacp_rate 2>/dev/null | sort)
        echo '== queueing'; tc qdisc show | grep -E ' root | parent ' | sed -E 's/ (refcnt|low_rate_threshold) [^ ]+//g' | sort
        echo '== addresses'; ip -o address show | sed -E 's/^[0-9]+: //; s/ (valid|preferred)_lft [0-9a-z]+//g' | sort
        for family in -4 -6; do
            echo "== routes $family"; ip -o $family route show table all | sed -E 's/ expires [0-9]+sec//' | sort
            echo "== rules $family"; ip $family rule show | sort
        done
        echo '== parameters'; sysctl -a 2>/dev/null | grep '^net\\.' |
            grep -vE 'nf_conntrack_count|nf_conntrack_(buckets|max|expect_max)|stable_secret|\\.flush |tcp_fastopen_key|(tcp|udp)_mem |ip_local_reserved_ports' | sort
    '''

    static Map<String, List<String>> of(Lab lab, String host) {
        Map<String, List<String>> out = [:]
        String section = ''
        lab.exec(host, SCRIPT).orThrow().readLines().each { line ->
            if (line.startsWith('== ')) out[section = line.substring(3)] = []
            else if (line.strip()) out[section] << line.strip()
        }
        assert out.links && out.addresses && out['routes -4'] && out['rules -4'] && out.parameters.size() > 100 : "$host: the dump is not whole: ${out*.value*.size()}"
        out
    }

    /** The same, once no address is looked for in the neighbourhood any more (RFC 4862, duplicate address detection). */
    static Map<String, List<String>> settled(Lab lab, String host) {
        Poll.until("$host to be sure of its addresses", Duration.ofSeconds(60), { !lab.exec(host, 'ip -6 -o address show tentative').orThrow().strip() })
        of(lab, host)
    }

    /** What of a host's network is not yet as it was, when the patience ends; empty where all is. */
    static List<String> left(Lab lab, String host, Map<String, List<String>> before) {
        List<String> left = ['nothing was looked at']
        try {
            Poll.until("the network of $host to be as it was", Duration.ofSeconds(120), {
                left = differences(host, before, of(lab, host))
                left.empty
            })
        } catch (LabException e) {
            println "$e.message\n  ${left.join('\n  ')}"
        }
        left
    }

    /** Lines of either that the other has not: `host section - line` and `+ line`; none where they are the same. */
    static List<String> differences(String host, Map<String, List<String>> before, Map<String, List<String>> after) {
        (before.keySet() + after.keySet()).collectMany { section ->
            def was = before[section] ?: []
            def is = after[section] ?: []
            (was - is).collect { "$host $section - $it".toString() } + (is - was).collect { "$host $section + $it".toString() }
        }
    }

    /**
     * The law: what a reboot gives is what apply gave. Reboots the hosts together, once, and waits until the plan is empty
     * and each host's network is what it was.
     *
     * @param plan makes a plan of the inventory that was applied, with --detailed-exitcode
     * @return what differs when the patience ends; empty where nothing does
     */
    static List<String> differencesAfterReboot(Lab lab, List<String> hosts, Closure<Command> plan) {
        def before = hosts.collectEntries { [(it): settled(lab, it)] }
        hosts.collect { host -> Thread.start { lab.reboot(host) } }*.join()
        List<String> differ = ['nothing was looked at']
        try {
            Poll.until("${hosts.join(' and ')} to be as before the reboot", Duration.ofSeconds(240), {
                def made = plan()
                differ = made.status == 0 ? [] : ["plan: ${made.out}".toString()]
                if (!differ) differ = hosts.collectMany { differences(it, before[it], of(lab, it)) }
                differ.empty
            })
        } catch (LabException e) {
            println "after the reboot of ${hosts.join(', ')}: $e.message\n  ${differ.join('\n  ')}"
        }
        differ
    }
}
