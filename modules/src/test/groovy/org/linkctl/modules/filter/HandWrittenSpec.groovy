package org.linkctl.modules.filter

import com.fasterxml.jackson.databind.json.JsonMapper
import org.linkctl.net.Cidr
import spock.lang.Specification

/** Rules that people write by hand: no alarm where they may let pass what has to, one where nothing can. */
class HandWrittenSpec extends Specification {
    static final CALL = new DeclaredFlows([], [new DeclaredFlows.Call('wg0', 51820, false)], [], [])
    static final LINK = new DeclaredFlows([new DeclaredFlows.Transit('wg0', Cidr.of('10.2.3.0/24'), Cidr.of('10.5.6.0/24'))], [], [], [])

    private static boolean stops(List<Chain> chains, DeclaredFlows flows, String lan = 'eth1') {
        !Stopped.by(chains, flows.all { lan }).empty
    }

    private static List<Chain> iptables(String chain, String rules) {
        Iptables.read("*filter\n:$chain DROP [0:0]\n${rules.split('; ').collect { "-A $chain $it" }.join('\n')}\nCOMMIT\n", false)
    }

    private static List<Chain> nft(String hook, String matches) {
        Nftables.read(JsonMapper.builder().build().readTree("""{"nftables": [
            {"chain": {"family": "inet", "table": "t", "name": "c", "type": "filter", "hook": "$hook", "policy": "drop"}},
            {"rule": {"family": "inet", "table": "t", "chain": "c", "expr": [$matches, {"accept": null}]}}]}"""))
    }

    private static String match(String left, String right) {
        """{"match": {"op": "==", "left": $left, "right": $right}}"""
    }

    def 'iptables, a call to a port: #rules'() {
        expect:
        stops(iptables('INPUT', rules), CALL) == stopped

        where:
        rules                                               || stopped
        '-i eth0 -p udp -m udp --dport 51820 -j ACCEPT'     || false
        '-s 203.0.113.5/32 -p udp --dport 51820 -j ACCEPT'  || false
        '-d 192.0.2.1/32 -p udp --dport 51820 -j ACCEPT'    || false
        '! -i eth0 -j DROP; -p udp --dport 51820 -j ACCEPT' || false
        '-i lo -j ACCEPT'                                   || true
        '-s 127.0.0.0/8 -j ACCEPT'                          || true
        '-d 224.0.0.251/32 -p udp -j ACCEPT'                || true
        '-i eth0 -p udp --dport 51821 -j ACCEPT'            || true
        '-i eth0 -p tcp --dport 51820 -j ACCEPT'            || true
        '! -i lo -j DROP; -p udp --dport 51820 -j ACCEPT'   || true
    }

    def 'nft, a call to a port: #matches'() {
        expect:
        stops(nft('input', matches.join(', ')), CALL) == stopped

        where:
        matches                                                                                                                                        || stopped
        [match('{"meta": {"key": "iifname"}}', '"eth0"'), match('{"payload": {"protocol": "udp", "field": "dport"}}', '51820')]                        || false
        [match('{"payload": {"protocol": "ip", "field": "saddr"}}', '"203.0.113.5"'), match('{"payload": {"protocol": "udp", "field": "dport"}}', '51820')] || false
        [match('{"payload": {"protocol": "ip", "field": "daddr"}}', '"192.0.2.1"')]                                                                    || false
        [match('{"meta": {"key": "iifname"}}', '"lo"')]                                                                                                || true
        [match('{"meta": {"key": "oifname"}}', '"eth0"')]                                                                                              || true
        [match('{"payload": {"protocol": "ip6", "field": "saddr"}}', '"2001:db8::5"')]                                                                 || true
    }

    def 'ipfw, a call to a port: #rule'() {
        expect:
        stops(Ipfw.read("00100 $rule\n65535 deny ip from any to any\n"), CALL) == stopped

        where:
        rule                                                || stopped
        'allow udp from any to me 51820 in via em0'         || false
        'allow udp from 203.0.113.5 to any 51820 in'        || false
        'allow udp from any to 192.0.2.1 51820 in recv em0' || false
        'allow ip from any to any via lo0'                  || true
        'allow udp from any to me 51821 in via em0'         || true
    }

    def 'between two networks: #rules'() {
        expect:
        stops(iptables('FORWARD', rules), LINK, lan) == stopped

        where:
        rules                                                                                        | lan    || stopped
        '-i wg0 -o eth1 -p tcp --dport 443 -j ACCEPT; -i eth1 -o wg0 -j ACCEPT'                      | 'eth1' || false
        '-i wg0 -o eth1 -p udp --dport 53 -j ACCEPT; -i eth1 -o wg0 -j ACCEPT'                       | 'eth1' || false
        '-p tcp -m multiport ! --dports 443 -j DROP; -j ACCEPT'                                      | 'eth1' || false
        '-s 10.5.6.9/32 -d 10.2.3.10/32 -j ACCEPT; -i eth1 -o wg0 -j ACCEPT'                         | 'eth1' || false
        '-i eth1 -o wg0 -j ACCEPT; -i wg0 -o eth1 -j ACCEPT'                                         | ''     || false
        '-i eth1 -o wg0 -j ACCEPT; -i wg0 -o eth1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT' | 'eth1' || true
        '-i eth1 -o eth0 -p tcp --dport 443 -j ACCEPT'                                               | 'eth1' || true
        '-s 172.17.0.0/16 -j ACCEPT'                                                                 | 'eth1' || true
        '-p icmp -j ACCEPT'                                                                          | 'eth1' || true
    }
}
