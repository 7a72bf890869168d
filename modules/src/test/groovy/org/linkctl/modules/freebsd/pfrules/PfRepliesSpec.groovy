package org.linkctl.modules.freebsd.pfrules

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Inventories
import org.linkctl.net.Cidr
import org.linkctl.net.Ip
import spock.lang.Specification
import spock.lang.TempDir

/** Which rules of pf.conf(5) get a second one that says where answers go. That pfctl(8) takes them was not run. */
class PfRepliesSpec extends Specification {
    @TempDir Path folder

    static final List<PfReplies> UPLINK = [new PfReplies('em1', Ip.of('198.51.100.1'), [Cidr.of('198.51.100.0/24')]), new PfReplies('em1', Ip.of('fe80::1'), [Cidr.of('198.51.100.0/24')])]
    static final String V4 = 'on em1 reply-to (em1 198.51.100.1) inet'
    static final String V6 = 'on em1 reply-to (em1 fe80::1) inet6'
    static final String LOCAL = 'on em1 inet6'
    static final String NEAR = 'from fe80::/10'
    static final String AWAY = 'from ! (em1:network)'

    def "#rule"() {
        expect:
        PfReplies.with(UPLINK, rule) == rules

        where:
        rule                                                   | rules
        'block in all'                                         | [rule]
        'pass out all'                                         | [rule]
        'pass quick on em1 proto carp keep state (no-sync)'    | [rule]
        'pass in on em0 proto tcp from any to any port 443'    | [rule]
        'pass in on em10 proto tcp from any to any port 443'   | [rule]
        'pass in quick on em1 route-to (em2 10.1.0.2) inet from any to 10.9.0.0/24 keep state' | [rule]
        'pass in on em1 inet from 198.51.100.7 to any'         | [rule]
        'pass in on em1 inet from 198.51.100.0/25 to any'      | [rule]
        'pass in on em1 inet6 from fe80::/10 to any'            | [rule]
        'pass in tagged linkctl_redirected'                    | [rule, "pass in $V4 $AWAY to any tagged linkctl_redirected", "pass in $V6 $AWAY to any tagged linkctl_redirected", "pass in $LOCAL $NEAR to any tagged linkctl_redirected"]*.toString()
        'pass in on em1 proto tcp from any to any port 443'    | [rule, "pass in $V4 proto tcp $AWAY to any port 443", "pass in $V6 proto tcp $AWAY to any port 443", "pass in $LOCAL proto tcp $NEAR to any port 443"]*.toString()
        'pass in on em1 inet from 203.0.113.0/24 to any'       | [rule, "pass in $V4 from 203.0.113.0/24 to any"]*.toString()
        'pass in on em1 from <friends> to any'                 | [rule, "pass in $V4 from <friends> to any", "pass in $V6 from <friends> to any"]*.toString()
        'pass in inet6 proto ipv6-icmp from any to any'        | [rule, "pass in $V6 proto ipv6-icmp $AWAY to any", "pass in $LOCAL proto ipv6-icmp $NEAR to any"]*.toString()
        'pass in proto udp from any to (self) port 1337 # hub' | [rule, "pass in $V4 proto udp $AWAY to (self) port 1337 # hub", "pass in $V6 proto udp $AWAY to (self) port 1337 # hub", "pass in $LOCAL proto udp $NEAR to (self) port 1337 # hub"]*.toString()
        'pass in quick proto tcp from any to (self) port 22 flags any keep state (sloppy)' | ["pass in quick $V4 proto tcp $AWAY to (self) port 22 flags any keep state (sloppy)",
                                                                                           "pass in quick $LOCAL proto tcp $NEAR to (self) port 22 flags any keep state (sloppy)", "pass in quick $V6 proto tcp $AWAY to (self) port 22 flags any keep state (sloppy)", rule]*.toString()
    }

    def 'with a firewall, SSH, hubs, what is redirected and what is allowed are answered so, and nothing else is let in'() {
        given:
        def file = folder.resolve('x.groovy')
        Files.writeString(file, '''
            fabric('x') { site('a', lan: '10.1.0.0/16') { host('gw', os: FREEBSD, ssh: 'gw') {
                nic('em0', address: '192.0.2.2/24', defaultGateway: '192.0.2.1'); nic('em2', address: '10.1.0.1/16')
                nic('em1', address: '198.51.100.2/24', replyTo: '198.51.100.1')
                firewall { allow(proto: TCP, port: 443); redirect(inbound: 'em1', proto: TCP, port: 8080, to: '10.1.0.80', toPort: 80) } } }
                site('b') { host('spoke', os: LINUX, ssh: 'spoke') }
                hub('wg0', on: 'gw', port: 1337, address: '10.0.0.1/24', endpoint: '198.51.100.2', keepalive: 25) { spoke('spoke', address: '10.0.0.2/24') } }
            ''')
        def fabric = Inventories.load(file.toFile())
        def host = fabric.host('gw').get()
        def answered = { String text -> text.readLines().findAll { it.contains('reply-to') }*.replaceFirst(/^pass in (quick )?on em1 reply-to \(em1 198.51.100.1\) inet /, '')*.replaceFirst(/ #.*/, '') }

        expect:
        answered(PfRules.text(fabric, host)) == ["proto tcp $AWAY to (self) port 22 flags any keep state (sloppy)", "proto udp $AWAY to (self) port 1337",
                                                 "$AWAY to any tagged linkctl_redirected", "proto tcp $AWAY to any port 443"]*.toString()
        answered(PfRules.fallback(fabric, host)) == ["proto udp $AWAY to (self) port 1337", "proto tcp $AWAY to (self) port 22 flags any keep state (sloppy)"]*.toString()
    }

    def 'without a firewall neighbour discovery belongs to no connection, in what is loaded at boot in its place, too'() {
        given:
        def file = folder.resolve('y.groovy')
        Files.writeString(file, '''
            fabric('x') { site('a', lan: '10.1.0.0/16') { host('gw', os: FREEBSD, ssh: 'gw') {
                nic('em1', address: '2001:db8:b::2/64', replyTo: 'fe80::1') } } }
            ''')
        def fabric = Inventories.load(file.toFile())
        def host = fabric.host('gw').get()

        expect:
        [PfRules.text(fabric, host), PfRules.fallback(fabric, host)].every { text ->
            text.readLines().findAll { it.startsWith('pass') }.with { it.take(3) == ['pass out on em1 inet6 all', "pass in $V6 $AWAY to any", "pass in $LOCAL $NEAR to any"]*.toString() &&
                it[3].startsWith('pass quick inet6 proto ipv6-icmp icmp6-type { neighbrsol, ') && it[3].contains(' no state') }
        }
    }
}
