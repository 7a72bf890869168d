package org.linkctl.modules.freebsd.pfrules

import org.linkctl.modules.Inventories
import org.linkctl.modules.Modules
import org.linkctl.spi.Published
import org.linkctl.spi.Scope
import spock.lang.Shared
import spock.lang.Specification

/** {@code masquerade: false} where a host of FreeBSD is the hub or a spoke: the rules, which no pfctl(8) has taken yet, and what the others have for it. */
class PfKeptSpec extends Specification {
    static final String NEAR = '10.0.0.0/24'
    static final String PEER = 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY='

    @Shared def fabric = Inventories.load(new File(System.getProperty('basedir', '.'), 'src/test/resources/kept/freebsd.groovy'))

    private List<String> rules(String host) {
        PfRules.text(fabric, fabric.host(host).get()).readLines().findAll { it =~ /^(pass|block|nat|rdr|table)/ }
    }

    private List wants(String host, String module, Map<String, Published.Values> told = [:]) {
        Modules.all().find { it.name() == module }.want(new Scope(fabric, fabric.host(host).get(), new Published(told, [] as Set)))
    }

    def 'the hub translates the source of nobody but its spokes, and of all where nothing is said'() {
        expect:
        rules('gw').findAll { it.startsWith('nat') } == [
            'nat on wg0 inet proto tcp from <linkctl_list_1> to <linkctl_web_inet> port { 80, 443 } -> 10.0.0.1',
            'nat on wg0 inet6 proto tcp from <linkctl_list_2> to <linkctl_web_inet6> port { 80, 443 } -> fc00::1',
            'nat on wg0 inet proto udp from <linkctl_list_3> to <linkctl_dns_inet> port 53 -> 10.0.0.1',
            'nat on wg0 inet proto tcp from any to <linkctl_mail_inet> port 25 -> 10.0.0.1']
        rules('gw').contains('table <linkctl_list_2> const { 2001:db8:2::2 fc00::2 }')
        rules('gw').any { it.startsWith('table <linkctl_list_3> const { ') && it.contains(' 10.0.0.4 ') && it.contains(' 192.0.2.4 ') }
    }

    def 'a spoke without a firewall answers over the hub, and takes nothing else from elsewhere'() {
        expect:
        rules('open') == [
            'pass out on wg0 inet all', 'pass in on wg0 reply-to (wg0 10.0.0.1) inet from ! (wg0:network) to any',
            'pass out on wg0 inet6 all', 'pass in on wg0 reply-to (wg0 fc00::1) inet6 from ! (wg0:network) to any', 'pass in on wg0 inet6 from fe80::/10 to any',
            'pass quick inet6 proto ipv6-icmp icmp6-type { neighbrsol, neighbradv, routersol, routeradv, 130, 131, 132, 143 } no state allow-opts',
            "block in quick on wg0 inet from ! $NEAR to ! 10.0.0.2", "block in quick on wg0 inet proto tcp from ! $NEAR to 10.0.0.2 port { 0:79, 81:442, 444:65535 }",
            "block in quick on wg0 inet proto udp from ! $NEAR to 10.0.0.2",
            'block in quick on wg0 inet6 from ! fc00::/64 to ! fc00::2', 'block in quick on wg0 inet6 proto tcp from ! fc00::/64 to fc00::2 port { 0:79, 81:442, 444:65535 }',
            'block in quick on wg0 inet6 proto udp from ! fc00::/64 to fc00::2']*.toString()
    }

    def 'one with a firewall lets it in before the rules of the inventory; LANs that the hub joins are no elsewhere, and what is redirected there passes'() {
        given:
        def all = rules('closed')

        expect:
        all.contains('pass in on wg0 inet proto tcp from any to 10.0.0.3 port { 80, 443 } # published over hub wg0')
        all.contains('pass in on wg0 reply-to (wg0 10.0.0.1) inet proto tcp from ! (wg0:network) to 10.0.0.3 port { 80, 443 } # published over hub wg0')
        all.find { it.startsWith('block in quick on wg0') } =~ /from ! <linkctl_list_\d> to ! <linkctl_list_\d>/
        all.any { it =~ /^table <linkctl_list_\d> const \{ 10.0.0.0\/24 10.5.0.0\/16 \}/ }
        all.any { it =~ /^table <linkctl_list_\d> const \{ 10.0.0.3 10.6.0.9 \}/ }
        all.findIndexOf { it.startsWith('block in quick on wg0') } < all.findIndexOf { it.contains('port 22 flags any') }
        all.findIndexOf { it.contains('published over hub') } < all.findIndexOf { it.startsWith('pass in on em0 inet proto tcp') || it == 'pass in on em0 proto tcp from any to any port 22' }
    }

    def 'WireGuard on a spoke takes everything of the families that are published to it; on the hub as ever'() {
        expect:
        wants('open', 'freebsd.wireguard').first().peers()*.allowed()*.join(',') == ['10.0.0.0/24,fc00::/64,0.0.0.0/0,::/0']
        wants('closed', 'freebsd.wireguard').first().peers()*.allowed()*.join(',') == ['10.0.0.0/24,fc00::/64,10.5.0.0/16,0.0.0.0/0']
        wants('gw', 'freebsd.wireguard').first().peers()*.allowed()*.join(',') == ['10.0.0.2/32,fc00::2/128', '10.0.0.3/32,10.6.0.0/16', '10.0.0.4/32']
    }

    def 'the firewall of a spoke of Linux lets in what is published'() {
        expect:
        wants('lx', 'linux.firewall').first().toString().contains('iifname "wg0" ip daddr 10.0.0.4 meta l4proto 6 ct original proto-dst 80 return')
        wants('lx', 'linux.firewall').first().toString().contains('iifname "wg0" ip daddr 10.0.0.4 meta l4proto 17 ct original proto-dst 53 return')
    }

    def 'the hub waits for spokes that told that they do not take it yet, and warns of those that did not tell'() {
        given:
        def told = { String allowed -> Published.Values.of('wireguard.wg0.live', "key=$PEER port=1 addresses=10.0.0.2; peer=$PEER psk=none port=1337 allowed=$allowed".toString()) }
        def module = Modules.all().find { it.name() == 'freebsd.publish' }
        def some = [open: told('0.0.0.0/0,10.0.0.0/24,::/0'), closed: told('10.0.0.0/24'), lx: Published.Values.of('wireguard.wg0.live', 'none')]

        expect:
        wants('gw', 'freebsd.pf', some).first().partners() == ['closed', 'lx'] as Set
        wants('gw', 'freebsd.pf', some + [closed: told('0.0.0.0/0'), lx: told('0.0.0.0/0')]).first().partners().empty
        wants('gw', 'freebsd.pf').first().partners().empty
        module.warnings(wants('gw', 'freebsd.publish', some).first(), null).empty
        module.warnings(wants('gw', 'freebsd.publish').first(), null).size() == 3
        wants('gw', 'freebsd.publish', some).first().kept().findings()*.subject() == ['published to closed', 'published to lx']
    }
}
