package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** {@code linkctl import} of hosts of FreeBSD. */
class ImportFreebsdSpec extends Specification {
    static final String A = 'JO8stX7aCWn+kH0x8GZ1dcV8SlWLUcRT678p3pcuDiA='
    static final String B = 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRo='

    @TempDir
    Path folder

    def lab = new ImportedHosts()

    Path target() { folder.resolve('prod.groovy') }

    int imported(String... hosts) { lab.run(*(['import', '--name', 'prod', '-o', target().toString()] + hosts.toList())) }

    AnsweringFreebsd router(int number, int skew) {
        new AnsweringFreebsd(name: "lb$number")
                .device('igb0', "ether 00:25:90:00:00:0$number", "inet 192.0.2.1$number netmask 0xffffff00 broadcast 192.0.2.255", 'inet 192.0.2.1 netmask 0xffffff00 broadcast 192.0.2.255 vhid 10', "carp: ${skew ? 'BACKUP' : 'MASTER'} vhid 10 advbase 1 advskew $skew")
                .device('igb1', "ether 00:25:90:00:01:0$number", "inet 10.9.0.$number netmask 0xffffff00 broadcast 10.9.0.255")
                .device('pfsync0', "pfsync: syncdev: igb1 syncpeer: 10.9.0.${3 - number} maxupd: 64 defer: on", 'groups: pfsync')
                .gateway('default', '192.0.2.254', 'igb0')
    }

    def 'two routers that share an address are a pair'() {
        given:
        lab.hosts = ['lb1.example': router(1, 100), 'lb2.example': router(2, 0)]
        lab.hosts.each { name, host -> host.parameters = ['net.inet.carp.preempt': '1'] }

        lab.environment = [LINKCTL_SECRET_CARP_LB_10: 'mekmitasdigoat']

        expect:
        imported('lb1.example', 'root@lb2.example') == 0
        Golden.is('import/freebsd-pair.groovy', Files.readString(target()))
        Golden.is('import/freebsd-pair.err', lab.err)
        Golden.is('import/freebsd-pair.txt', lab.out.replace(folder.toString(), '').replaceAll(/\(secret [0-9a-f]{8}\)/, '(secret 00000000)')) // whose key is each user's own
        lab.run('check', target().toString()) == 0
    }

    def 'a password that nobody says is asked for, and was not read'() {
        given:
        lab.hosts = ['lb1.example': router(1, 0), 'lb2.example': router(2, 100)]

        expect:
        imported('lb1.example', 'lb2.example') == 1
        lab.err.contains("import: lb1: vip 10: its password: it was not read; let secret('carp/lb-10') say what 'pass' says in rc.conf")
        lab.err.contains('The inventory was not planned: a secret is missing.')
    }

    def 'one of two is told of, and not guessed at'() {
        given:
        lab.hosts = ['lb1.example': router(1, 0)]

        expect:
        imported('lb1.example') == 0
        !Files.readString(target()).contains('vip(')
        lab.err.contains("import: lb1: connections, told to another host: stateSync is a pair's")
        lab.err.contains('import: lb1: igb0: 192.0.2.1/24 with the id 10, shared with another host: none of the imported hosts has the same')
    }

    def 'a gateway by hand: a bond with a VLAN, a bridge, what DHCP and a router gave, parameters, a tunnel to a Linux host'() {
        given:
        def one = new AnsweringFreebsd(name: 'edge')
                .device('igb0', 'ether 00:25:90:00:00:01').device('igb1', 'ether 00:25:90:00:00:02')
                .device('lagg0', mtu: 9000, 'ether 00:25:90:00:00:01', 'inet 10.1.0.1 netmask 0xffffff00 broadcast 10.1.0.255', 'laggproto lacp lagghash l2,l3,l4', 'lagg options:', '\tflags=14<USE_NUMA,LACP_STRICT>', 'laggport: igb0 flags=1c<ACTIVE,COLLECTING,DISTRIBUTING>', 'laggport: igb1 flags=1c<ACTIVE,COLLECTING,DISTRIBUTING>', 'groups: lagg')
                .device('lagg0.20', mtu: 9000, 'ether 00:25:90:00:00:01', 'inet 10.20.0.1 netmask 0xffffff00 broadcast 10.20.0.255', 'groups: vlan', 'vlan: 20 vlanproto: 802.1q vlanpcp: 0 parent interface: lagg0')
                .device('igb2', 'ether 00:25:90:00:00:03', 'inet 192.0.2.50 netmask 0xffffff00 broadcast 192.0.2.255', 'inet 192.0.2.1 netmask 0xffffff00 broadcast 192.0.2.255', 'inet6 2001:db8:1::50 prefixlen 64 autoconf pltime 14400 vltime 86400', 'inet6 fe80::1%igb2 prefixlen 64 scopeid 0x5')
                .device('igb3', 'ether 00:25:90:00:00:04').device('tap0', 'ether 58:9c:fc:10:00:01', 'groups: tap vm-port')
                .device('bridge0', 'ether 58:9c:fc:00:00:01', 'inet 10.3.0.1 netmask 0xffffff00 broadcast 10.3.0.255', 'id 58:9c:fc:00:00:01 priority 32768 hellotime 2 fwddelay 15', 'member: igb3 flags=143<LEARNING,DISCOVER,AUTOEDGE,AUTOPTP>', 'member: tap0 flags=143<LEARNING,DISCOVER>', 'groups: bridge')
                .device('bridge1', 'id 58:9c:fc:00:00:02 priority 32768 hellotime 2 fwddelay 15', 'groups: bridge vm-switch')
                .device('tun0', mtu: 1400, 'inet 10.99.0.1 --> 10.99.0.2 netmask 0xffffffff', 'groups: tun')
                .tunnel('wg0', A, 51820, '10.255.0.1/30', [(B): [allowed: '10.255.0.0/30 10.2.0.0/24', endpoint: '198.51.100.2:51820', keepalive: 25]])
                .gateway('default', '192.0.2.254', 'igb2').gateway('10.2.0.0/24', '10.255.0.2', 'wg0').gateway('203.0.113.0/24', '10.1.0.9', 'lagg0', 'UG1')
        one.pf = true
        one.clients = ['igb2']
        one.files << ['/var/db/dhclient.leases.igb2': 'lease {\n  fixed-address 192.0.2.50;\n}\n', '/etc/sysctl.conf': '# ours\nnet.inet.tcp.sendspace=65536\nkern.ipc.maxsockbuf = 4194304 # more\nnet.inet.ip.forwarding=0\n']
        one.rc = [cloned_interfaces: 'lagg0 bridge0', gateway_enable: 'YES']
        one.parameters = ['net.inet.tcp.sendspace': '65536', 'kern.ipc.maxsockbuf': '2097152', 'net.inet.ip.forwarding': '1']
        def other = new Answering(name: 'far').nic('eth0', '198.51.100.2/24').nic('eth1', '10.2.0.1/24')
                .wireguard('wg0', B, 51820, '10.255.0.2/30', [(A): [allowed: '10.255.0.0/30 10.1.0.0/24', endpoint: '192.0.2.1:51820', keepalive: 25]]).route('10.1.0.0/24', 'wg0')
        lab.hosts = ['edge.example': one, 'far.example': other]

        expect:
        imported('edge.example', 'far.example') == 0
        Golden.is('import/freebsd-gateway.groovy', Files.readString(target()))
        Golden.is('import/freebsd-gateway.err', lab.err)
        Golden.is('import/freebsd-gateway.txt', lab.out.replace(folder.toString(), ''))
        lab.run('check', target().toString()) == 0
    }
}
