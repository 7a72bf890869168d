package org.linkctl.cli

import org.linkctl.spi.Answer

/** A host in memory that answers as FreeBSD 14 does, by what ifconfig(8), netstat(1) and sysrc(8) print. */
class AnsweringFreebsd extends Answering {
    String interfaces = ''
    /** Lines of rc.conf(5), by name. */
    Map<String, String> rc = [:]
    Map<String, String> parameters = [:]
    boolean pf
    /** Interfaces with a DHCP client. */
    List<String> clients = []

    AnsweringFreebsd() {
        system = 'FreeBSD'
        links = []
        device('lo0', mtu: 16384, 'inet6 ::1 prefixlen 128', 'inet6 fe80::1%lo0 prefixlen 64 scopeid 0x3', 'inet 127.0.0.1 netmask 0xff000000', 'groups: lo')
        gateway('127.0.0.0/8', 'link#3', 'lo0', 'U')
    }

    AnsweringFreebsd device(Map more = [:], String name, String... lines) {
        interfaces += "$name: flags=8863<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu ${more.mtu ?: 1500}\n" + lines.collect { "\t$it\n" }.join('')
        this
    }

    AnsweringFreebsd gateway(String prefix, String via, String device, String flags = 'UGS') {
        routes << [destination: prefix, gateway: via, flags: flags, weight: 1, 'interface-name': device]
        this
    }

    /** @param peers as of a Linux host */
    AnsweringFreebsd tunnel(String device, String key, int port, String address, Map<String, Map> peers) {
        tunnels[device] = [key: key, port: port, address: address, peers: peers]
        this.device(device, mtu: 1420, "inet ${address.split('/')[0]} netmask 0xfffffffc", 'groups: wg', 'nd6 options=109<PERFORMNUD,IFDISABLED,NO_DAD>')
    }

    @Override
    protected Answer command(List<String> words) {
        switch (words.join(' ')) {
            case ~/uname -[sn]/: case ~/wg show .*/: case 'ls -1A /etc/wireguard': case 'date +%s': case ~/sed -E .*/: case ~'(?s)/bin/sh -c .*(wg pubkey|preshared-keys).*': return super.command(words)
            case 'uname -r': return ok('14.1-RELEASE\n')
            case ~/pfctl .*-s info/: return ok(pf ? 'Status: Enabled for 0 days 00:01:02           Debug: Urgent\n' : 'Status: Disabled for 0 days 00:01:02\n')
            case 'ifconfig -a': return ok(interfaces)
            case ~'ifconfig (-v )?\\S+': return shown(words.last())
            case ~'(?s)/bin/sh -c netstat .*': return ok(routes.collect { new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(it) + '\n' }.join(''))
            case ~/pgrep .*dhclient.*/: return clients ? ok(clients.collect { "812 dhclient: $it\n" }.join('')) : new Answer.Output(1, '', '')
            case 'ls -1A /etc/rc.conf.d/netif': return ok(files.keySet().findAll { it.startsWith('/etc/rc.conf.d/netif/') }.collect { it.split('/').last() + '\n' }.join(''))
            case ~/sysrc -i -f .*/: return new Answer.Output(1, '', '')
            case ~/sysrc -i .*/: return set(words.drop(2))
            case ~/sysctl -n -i .*/: return ok((parameters[words.last()] ?: '') + '\n')
            case ~/sysctl -e -i .*/: return ok(words.drop(3).findAll { parameters[it] }.collect { "$it=${parameters[it]}\n" }.join(''))
        }
        new Answer.Output(2, '', 'No such file or directory')
    }

    private Answer shown(String name) {
        def own = (interfaces =~ /(?ms)^$name: .*?(?=^\S|\z)/)
        own ? ok(own.group()) : new Answer.Output(1, '', "ifconfig: interface $name does not exist\n")
    }

    private Answer set(List<String> names) {
        def known = names.findAll { rc[it] }
        new Answer.Output(known.size() == names.size() ? 0 : 1, known.collect { "$it: ${rc[it]}\n" }.join(''), '')
    }
}
