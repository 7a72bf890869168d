package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** {@code linkctl import}: what hosts have, as an inventory that changes nothing there that runs. */
class ImportSpec extends Specification {
    static final String A = 'JO8stX7aCWn+kH0x8GZ1dcV8SlWLUcRT678p3pcuDiA='
    static final String B = 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRo='
    static final String C = 'rBjgrfbK3PxbmQpdK1GqUGSBSOzI8o+XVRA0sRuImkI='
    static final String PHONE = 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY='
    static final String VENDOR = 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I='

    @TempDir
    Path folder

    def lab = new ImportedHosts()

    /** Two gateways with a tunnel by hand, and the LANs behind them. */
    void gateways(Map a = [:], Map b = [:], String conf = '') {
        def one = new Answering(name: 'a-gw').nic('eth0', '192.0.2.1/24').nic('eth1', '10.1.0.1/24', [mtu: 9000])
                .wireguard('wg0', A, 51820, a.address ?: '10.255.0.1/30', [(B): [allowed: '10.255.0.0/30 10.2.0.0/24', endpoint: '198.51.100.2:51820', keepalive: 25] + a],
                        "[Interface]\nPrivateKey = (hidden)\nListenPort = 51820\nAddress = 10.255.0.1/30\n${conf}\n[Peer]\nPublicKey = $B\nAllowedIPs = 10.255.0.0/30, 10.2.0.0/24\nEndpoint = b-gw.example:51820\nPersistentKeepalive = 25\n")
                .route('10.2.0.0/24', 'wg0').route('default', 'eth0', [gateway: '192.0.2.254'])
        def other = new Answering(name: 'b-gw').nic('eth0', '198.51.100.2/24').nic('eth1', '10.2.0.1/24')
                .wireguard(b.device ?: 'wg0', B, 51820, b.address ?: '10.255.0.2/30', [(b.key ?: A): [allowed: '10.255.0.0/30 10.1.0.0/24', endpoint: '192.0.2.1:51820', keepalive: 25] + b],
                        "[Interface]\nPrivateKey = (hidden)\nListenPort = 51820\n[Peer]\nPublicKey = ${b.key ?: A}\n${b.endpoint == '(none)' ? '' : 'Endpoint = 192.0.2.1:51820\n'}")
                .route('10.1.0.0/24', b.device ?: 'wg0')
        lab.hosts = ['a-gw.example': one, '198.51.100.2': other]
    }

    Path target() { folder.resolve('prod.groovy') }

    int imported(List<String> hosts) {
        lab.run(*(['import', *hosts, '--name', 'prod', '-o', target().toString()]))
    }

    int imported(String... more) {
        lab.run(*(['import', 'admin@a-gw.example', '198.51.100.2', '--name', 'prod', '-o', target().toString()] + more.toList()))
    }

    def 'two gateways with a tunnel by hand: the inventory, what is told, and the plan'() {
        given:
        gateways([:], [:], 'PostUp = iptables -A FORWARD -i wg0 -j ACCEPT')
        lab.hosts['a-gw.example'].sysctls = '# /usr/lib/sysctl.d/50-x.conf\nkernel.pid_max = 4194304\n# /etc/sysctl.d/60-gw.conf\nnet.ipv4.ip_forward = 1\nnet.core.rmem_max = 1\nnet.ipv4.conf.*.rp_filter = 2\n'
        lab.hosts['a-gw.example'].files << ['/proc/sys/net/ipv4/ip_forward': '1\n', '/proc/sys/net/core/rmem_max': '212992\n', '/proc/sys/net/ipv4/fib_multipath_hash_policy': '0\n']

        expect:
        imported() == 0
        Golden.is('import/gateways.groovy', Files.readString(target()))
        Golden.is('import/gateways.err', lab.err)
        Golden.is('import/gateways.txt', lab.out.replace(folder.toString(), ''))
        lab.run('check', target().toString()) == 0
    }

    def 'of hosts that linkctl made nothing changes but their lists of what is owned, which they do not have yet'() {
        given:
        def one = new Answering(name: 'a-gw').nic('eth0', '192.0.2.1/24')
                .wireguard('wg0', A, 51820, '10.255.0.1/30', [(B): [allowed: '10.255.0.0/30', endpoint: '198.51.100.2:51820', keepalive: 25]], conf('10.255.0.1/30', B, '198.51.100.2'))
        def other = new Answering(name: 'b-gw').nic('eth0', '198.51.100.2/24')
                .wireguard('wg0', B, 51820, '10.255.0.2/30', [(A): [allowed: '10.255.0.0/30', endpoint: '192.0.2.1:51820', keepalive: 25]], conf('10.255.0.2/30', A, '192.0.2.1'))
        [one, other].each { it.files['/etc/wireguard/wg0.key'] = '(not read)\n' }
        lab.hosts = ['192.0.2.1': one, '198.51.100.2': other]

        expect:
        lab.run('import', '192.0.2.1', '198.51.100.2', '--name', 'prod', '-o', target().toString(), '--detailed-exitcode') == 2
        lab.out.contains('Plan: 2 hosts, 2 to add, 0 to change, 0 to remove')
        lab.out.count("/var/lib/linkctl/owned/prod: the host's list of what linkctl owns there") == 2
        !lab.err.contains('import:')
    }

    static String conf(String address, String peer, String endpoint) {
        """\
        # Made by linkctl for prod; its next run undoes what is changed here by hand.
        [Interface]
        ListenPort = 51820
        Address = $address
        MTU = 1420
        Table = off
        PostUp = wg set %i private-key /etc/wireguard/%i.key
        PostUp = test ! -e /sys/class/net/%i/threaded || echo 1 > /sys/class/net/%i/threaded || true

        [Peer]
        PublicKey = $peer
        AllowedIPs = 10.255.0.0/30
        Endpoint = $endpoint:51820
        PersistentKeepalive = 25
        """.stripIndent()
    }

    def 'a tunnel of which a word would say half is a comment: #said'() {
        given:
        gateways(a, b)

        expect:
        imported() == 0
        !Files.readAllLines(target()).any { it.strip().startsWith('tunnel(') || it.strip().startsWith('route(') }
        lab.err.contains(said)
        Files.readString(target()).contains(said)

        where:
        a                                     | b                                      || said
        [:]                                   | [device: 'wg-a']                       || 'it is wg0 on a-gw and wg-a on b-gw, and a tunnel has one name at both ends; rename one of them'
        [:]                                   | [address: '10.255.1.2/30']             || 'and the ends of a tunnel share their networks'
        [:]                                   | [key: VENDOR]                          || 'wg0 on b-gw has another peer than wg0 on a-gw, by their public keys'
        [:]                                   | [allowed: '10.255.0.0/30']             || 'allows its peer nothing but the tunnel\'s net, and the other end does: a route goes both ways'
        [allowed: '10.255.0.0/30 10.7.0.0/24'] | [:]                                   || 'a-gw has no route to 10.7.0.0/24, and its AllowedIPs lead there over wg0'
        [allowed: '0.0.0.0/0']                | [:]                                    || 'no word routes everything over a tunnel'
    }

    def 'a pre-shared key is not read'() {
        given:
        gateways([psk: 'other'], [psk: 'other'])

        expect:
        imported() == 1
        Files.readString(target()).contains("tunnel('wg0', keepalive: 25, psk: secret('wireguard/wg0')) {")
        lab.err.contains("a pre-shared key: it was not read; let secret('wireguard/wg0') say what 'wg show wg0 preshared-keys' prints there")
        lab.err.contains('The inventory was not planned: a secret is missing.')
    }

    static String keepalived(int priority) {
        """\
        global_defs { }
        vrrp_instance LAN { # ours
            state BACKUP
            interface eth1
            virtual_router_id 51
            priority $priority
            advert_int 2
            authentication {
                auth_type PASS
                auth_pass s3cret
            }
            unicast_peer {
                10.1.0.12
            }
            virtual_ipaddress {
                10.1.0.1/24 dev eth1 label eth1:0
                10.1.0.2
            }
        }
        """.stripIndent()
    }

    def 'two hosts of keepalived are a pair; what the master holds is no address of its own'() {
        given:
        def one = new Answering(name: 'fw-a').nic('eth0', '192.0.2.11/24').nic('eth1', '10.1.0.11/24')
        one.links.last().addr_info << [family: 'inet', local: '10.1.0.1', prefixlen: 24, scope: 'global'] << [family: 'inet', local: '10.1.0.2', prefixlen: 32, scope: 'global']
        def other = new Answering(name: 'fw-b').nic('eth0', '192.0.2.12/24').nic('eth1', '10.1.0.12/24')
        one.files['/etc/keepalived/keepalived.conf'] = keepalived(100)
        other.files['/etc/keepalived/keepalived.conf'] = keepalived(150)
        lab.hosts = ['192.0.2.11': one, '192.0.2.12': other]

        expect: 'linkctl writes over no keepalived.conf of anybody else, and the plan says so'
        imported(['192.0.2.11', '192.0.2.12']) == 4
        Golden.is('import/keepalived.groovy', Files.readString(target()))
        !(lab.out + lab.err).contains('s3cret')
        lab.out.count("x refused: linux.vrrp: /etc/keepalived/keepalived.conf is somebody else's") == 2
    }

    def 'what keepalived says and no vip can is told: #said'() {
        given:
        def one = new Answering(name: 'fw-a').nic('eth1', '10.1.0.11/24')
        one.files['/etc/keepalived/keepalived.conf'] = text
        lab.hosts = ['192.0.2.11': one]

        expect:
        lab.run('import', '192.0.2.11', '-o', target().toString()) == 0
        lab.err.contains(said)

        where:
        text                                                                                                  || said
        keepalived(100).replace('10.1.0.1/24 dev eth1', '10.1.0.1/24 dev eth2')                               || 'LAN: an instance of keepalived with 2 addresses: a vip is on one interface'
        keepalived(100).replace('    virtual_router_id 51\n', '')                                             || 'LAN: an instance of keepalived with 2 addresses'
        keepalived(100) + 'include /etc/keepalived/conf.d/*.conf\n'                                           || 'files that keepalived.conf includes: they are not read'
        keepalived(100)                                                                                       || 'eth1: 10.1.0.1/24, 10.1.0.2/32 with the id 51, shared with another host'
    }

    def 'a hub with a phone, a router and a spoke; names that a host gives are texts'() {
        given:
        def hub = new Answering(name: 'hub').nic('eth0', '192.0.2.1/24').wireguard('wg0', A, 1337, '10.9.0.1/24',
                [(B): [allowed: '10.9.0.2/32'], (PHONE): [allowed: '10.9.0.7/32'], (VENDOR): [allowed: '10.9.0.8/32', endpoint: '203.0.113.9:51820', keepalive: 20]],
                "[Interface]\nListenPort = 1337\n# spoke\n[Peer]\nPublicKey = $B\n[Peer]\n# Name = phone\nPublicKey = $PHONE\n# v'); throw new Error()//\n[Peer]\nPublicKey = $VENDOR\nEndpoint = vendor.example:51820\n")
        def spoke = new Answering(name: "s'poke\${1}").nic('eth0', '198.51.100.2/24').nic("e'+x", '10.3.0.1/24')
                .wireguard('wg0', B, 40000, '10.9.0.2/24', [(A): [allowed: '10.9.0.0/24', endpoint: '192.0.2.1:1337', keepalive: 25]])
        lab.hosts = ['192.0.2.1': hub, '198.51.100.2': spoke]

        expect:
        lab.run('import', '192.0.2.1', '198.51.100.2') == 0
        Golden.is('import/hub.groovy', lab.out)
        Golden.is('import/hub.err', lab.err)
    }

    def 'bonds, VLANs and what is no word'() {
        given:
        def host = new Answering(name: 'a-gw').link('eno1', null, [link_type: 'ether', master: 'bond0']).link('eno2', null, [link_type: 'ether', master: 'bond0'])
                .link('bond0', '10.1.0.1/24', [link_type: 'ether', mtu: 9000, linkinfo: [info_kind: 'bond', info_data: [mode: '802.3ad', miimon: 100, xmit_hash_policy: 'layer3+4', ad_lacp_rate: 'fast']]])
                .link('bond0.20', '10.1.20.1/24', [link_type: 'ether', link: 'bond0', mtu: 9000, linkinfo: [info_kind: 'vlan', info_data: [protocol: '802.1Q', id: 20]]])
                .link('s0', null, [link_type: 'ether', link: 'bond0', linkinfo: [info_kind: 'vlan', info_data: [protocol: '802.1ad', id: 30]]])
                .link('docker0', '172.17.0.1/16', [link_type: 'ether', linkinfo: [info_kind: 'bridge', info_data: [stp_state: 0]]])
                .link('eth9', '203.0.113.7/24', [link_type: 'ether', addr_info: [[family: 'inet', local: '203.0.113.7', prefixlen: 24, scope: 'global', dynamic: true]]])
        host.files['/sys/class/net/bond0/bonding/slaves'] = 'eno2 eno1\n'
        lab.hosts = ['a-gw': host]

        expect:
        lab.run('import', 'a-gw') in [0, 4]
        Golden.is('import/bond.groovy', lab.out)
        Golden.is('import/bond-notes.txt', lab.err.readLines().findAll { it.startsWith('import:') }.join('\n') + '\n')
    }

    def 'options of a bond that no attribute says are told'() {
        given:
        def host = new Answering(name: 'a-gw').link('eno1', null, [link_type: 'ether', master: 'bond0'])
                .link('bond0', '10.1.0.1/24', [link_type: 'ether', linkinfo: [info_kind: 'bond', info_data: [mode: 'active-backup', miimon: 100, xmit_hash_policy: 'layer3+4', primary: 'eno1', updelay: 200, downdelay: 0]]])
        host.files['/sys/class/net/bond0/bonding/slaves'] = 'eno1\n'
        lab.hosts = ['a-gw': host]
        lab.run('import', 'a-gw')

        expect:
        lab.err.readLines().findAll { it.startsWith('import:') && it.contains('bond0:') }*.replaceFirst(/: bond has .*/, '') == ['import: a-gw: bond0: primary eno1', 'import: a-gw: bond0: updelay 200']
    }

    def 'hosts that cannot be read, and those of another system'() {
        given:
        lab.hosts = ['192.0.2.1': new Answering(name: 'a-gw').nic('eth0', '192.0.2.1/24'), 'bsd': new AnsweringFreebsd(name: 'bsd').device('em0', 'ether 00:25:90:00:00:01', 'inet 192.0.2.9 netmask 0xffffff00 broadcast 192.0.2.255'), 'obsd': new Answering(name: 'o', system: 'OpenBSD')]

        expect:
        lab.run('import', 'x=192.0.2.1', 'bsd', 'obsd', 'root@gone.example:2222', '--site', 'hq=x,bsd') == 3
        Golden.is('import/others.groovy', lab.out)
        lab.err.contains('not read: root@gone.example:2222: connection refused')
        lab.err.contains("not read: obsd: it runs 'OpenBSD', and linkctl knows Linux and FreeBSD")
    }

    def 'refused: #said'() {
        given:
        Files.writeString(target(), 'there')

        expect:
        lab.run(*(['import'] + args.collect { it == 'THERE' ? target().toString() : it })) == status
        lab.err.contains(said)

        where:
        args                                       || status | said
        []                                         || 1      | 'linkctl import: which hosts?'
        ['a b']                                    || 1      | "'a b' is no host as ssh(1) takes it"
        ['-x=a-gw']                                || 1      | "no option '-x"
        ["n'x=a-gw"]                               || 1      | "'n'x' is no name for a host"
        ['a-gw', '--name', 'a/b']                  || 1      | "--name: 'a/b' is no name"
        ['a-gw', '-o', 'THERE']                    || 1      | 'is there; import writes a new file'
        ['a-gw', '--site', 'hq=b-gw']              || 1      | "--site: no host 'b-gw' is imported"
        ['a-gw', '--site', 'a-gw']                 || 1      | "--site: 'a-gw' is not SITE=HOST,HOST"
        ['a-gw', '--site', 'a=a-gw', '--site', 'b=a-gw'] || 1 | "--site: 'a-gw' is at a, and at b"
        ['gone']                                   || 3      | 'no host could be read'
        ['--ansible', '/dev/null/x']               || 1      | "--ansible: '/dev/null/x' cannot be read"
    }

    def 'an inventory of Ansible\'s gives the hosts: #name'() {
        given:
        def file = Files.writeString(folder.resolve(name), text)
        lab.hosts = ['192.0.2.1': new Answering(name: 'x').nic('eth0', '192.0.2.1/24')]

        expect:
        lab.run('import', '--ansible', file.toString(), '--site', 'berlin=gateways') == 3
        Golden.is('import/ansible.groovy', lab.out)

        where:
        name        | text
        'hosts.ini' | '''\
            # gateways
            [gateways]
            a-gw ansible_host=192.0.2.1 ansible_user="admin" # ansible_port=1
            [web]
            web[01:02].example ansible_port=2222
            [prod:children]
            gateways
            web
            [prod:vars]
            ansible_user = ops
            ansible_become_method=sudo
            '''.stripIndent()
        'hosts.yml' | '''\
            ---
            prod:
              vars: {ansible_user: ops, ansible_become_method: sudo, secret: !vault "x"}
              children:
                gateways:
                  hosts:
                    a-gw: {ansible_host: 192.0.2.1, ansible_user: admin, ansible_port: !vault "$ANSIBLE_VAULT;1.1"}
                web:
                  hosts:
                    web[01:02].example:
                      ansible_port: 2222
            '''.stripIndent()
    }

    def 'templates of Ansible\'s are filled in by variables of the inventory; one that only Ansible knows leaves out its host'() {
        given:
        def file = Files.writeString(folder.resolve('hosts.ini'), '''\
            a-gw ansible_host="{{ inventory_hostname_short }}.{{ domain }}"
            b-gw ansible_host={{hostvars['a-gw'].backup_address}}
            c-gw ansible_host=192.0.2.3 ansible_user="{{ lookup('env', 'USER') }}"
            [all:vars]
            domain={{ branch }}.example
            branch=hq
            '''.stripIndent())
        lab.hosts = ['a-gw.hq.example': new Answering(name: 'x').nic('eth0', '192.0.2.1/24')]

        expect:
        lab.run('import', '--ansible', file.toString()) == 3
        lab.out.contains("ssh: 'a-gw.hq.example'")
        lab.err.contains("not read: b-gw: its ansible_host is '{{hostvars['a-gw'].backup_address}}', which only Ansible can fill in; name the host beside: b-gw=[user@]host[:port]")
        lab.err.contains("not read: c-gw: its ansible_user is '{{ lookup('env', 'USER') }}', which only Ansible can fill in")

        when: 'one is named beside, and a site is for another'
        lab.hosts['192.0.2.2'] = new Answering(name: 'y').nic('eth0', '192.0.2.2/24')
        lab.run('import', '--ansible', file.toString(), 'b-gw=192.0.2.2', '--site', 'hq=c-gw')

        then:
        lab.out.contains("host('b-gw'")
        !lab.err.contains('not read: b-gw')
        lab.err.contains('not read: c-gw')

        when: 'no other is left'
        file = folder.resolve('hosts.ini')
        Files.writeString(file, 'b-gw ansible_host={{address}}\n')

        then:
        lab.run('import', '--ansible', file.toString()) == 1
        lab.err.contains("no host is known\n  b-gw: its ansible_host is '{{address}}'")
    }

    def 'a broken inventory of Ansible\'s: #said'() {
        given:
        def file = Files.writeString(folder.resolve(name), text)

        expect:
        lab.run('import', '--ansible', file.toString()) == 1
        lab.err.contains(said)

        where:
        name   | text                                        || said
        'a'    | '[gw\nx\n'                                  || "a:1: '[gw' is no section: [group], [group:children] or [group:vars]"
        'a'    | '# none\n'                                  || 'has no hosts'
        'a'    | 'x ansible_host=-oProxyCommand=evil\n'      || "host 'x': '-oProxyCommand=evil' is no host as ssh(1) takes it"
        'a.yml' | 'all:\n  hosts:\n    - x\n'                || 'a.yml:3:5: hosts is no mapping'
        'a.yml' | 'all: [\n'                                 || 'a.yml:2:1: '
        'a.yml' | 'all: &a\n  children:\n    b: *a\n'        || 'groups within groups without end'
    }
}
