package org.linkctl.cli

import com.fasterxml.jackson.databind.ObjectMapper
import org.linkctl.cli.context.Installation
import org.linkctl.cli.io.Terminal
import org.linkctl.engine.Connection
import org.linkctl.engine.Connector
import org.linkctl.engine.StepResult
import org.linkctl.engine.Unreachable
import org.linkctl.model.Host
import org.linkctl.modules.Modules
import org.linkctl.plan.Planner
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Imported
import org.linkctl.spi.Question

/** Hosts of ifupdown in memory, which answer as Debian 12 does (iproute2 6.1, wireguard-tools 1.0.20210914), by the address that they are called by. */
class ImportedHosts {
    Map<String, Answering> hosts = [:]
    Map<String, String> environment = [:]
    String out
    String err

    int run(String... args) {
        def outText = new StringWriter()
        def errText = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(outText), new PrintWriter(errText), [] as Set, 100, environment)
        def modules = Modules.all().findAll { it instanceof Imported || it.name() ==~ /(linux|freebsd)\.wireguard-(key|psk)/ }
        def parts = new Installation(new Planner(modules), { settings, events ->
            { Host host ->
                def there = hosts[host.ssh().host()]
                if (!there) throw new Unreachable('connection refused')
                there
            } as Connector
        })
        int status = new Cli(terminal, parts).run(args)
        out = outText.toString()
        err = errText.toString().replaceAll('/tmp/linkctl-import[0-9]+', '/tmp')
        status
    }
}

class Answering implements Connection {
    String name
    String system = 'Linux'
    /** As `ip -j -d address show` has them. */
    List<Map> links = [[ifname: 'lo', link_type: 'loopback', flags: ['LOOPBACK', 'UP'], mtu: 65536, addr_info: [[family: 'inet', local: '127.0.0.1', prefixlen: 8, scope: 'host']]]]
    Map<String, String> files = [:]
    Map<String, Map> tunnels = [:]
    List<Map> routes = []
    String sysctls = ''
    /** What the stanzas of /etc/network/interfaces say. */
    String stanzas = ''

    Answering nic(String device, String address, Map more = [:]) {
        link(device, address, [link_type: 'ether'] + more)
        stanzas += "/etc/network/interfaces:iface $device inet static\n/etc/network/interfaces:    address $address\n"
        this
    }

    Answering link(String device, String address, Map more = [:]) {
        def info = address ? [[family: 'inet', local: address.split('/')[0], prefixlen: address.split('/')[1] as int, scope: 'global']] : []
        links << ([ifname: device, flags: ['BROADCAST', 'UP', 'LOWER_UP'], mtu: 1500, address: '52:54:00:12:34:56', addr_info: info] + more)
        this
    }

    /** @param peers by public key: allowed, endpoint, keepalive, psk (none, file, other) */
    Answering wireguard(String device, String key, int port, String address, Map<String, Map> peers, String conf = null) {
        link(device, address, [link_type: 'none', mtu: 1420, linkinfo: [info_kind: 'wireguard']])
        tunnels[device] = [key: key, port: port, address: address, peers: peers]
        if (conf) files["/etc/wireguard/${device}.conf".toString()] = conf
        this
    }

    Answering route(String prefix, String device, Map more = [:]) {
        routes << [dst: prefix, dev: device, scope: 'link', flags: []] + more
        this
    }

    @Override
    Answers ask(Collection<Question<?>> questions) {
        new Answers(questions.collectEntries { [(it): answer(it)] })
    }

    Answer answer(Question<?> question) {
        if (question instanceof Question.Command) return command(question.argv().words())
        String text = question.path() =~ '^/sys/class/net/.*' ? sys(question.path()) : files[question.path()]
        if (text == null) return new Answer.Absent()
        question instanceof Question.ReadSecret ? new Answer.Hidden(new org.linkctl.shell.Secret(text)) : new Answer.Text(text)
    }

    private String sys(String path) {
        def (device, file) = path.split('/')[4, -1]
        def link = links.find { it.ifname == device }
        if (!link) return null
        file == 'flags' ? '0x91\n' : file == 'mtu' ? "$link.mtu\n" : files[path]
    }

    static Answer.Output ok(Object text) { new Answer.Output(0, text.toString(), '') }

    protected Answer command(List<String> words) {
        def line = words.join(' ')
        switch (line) {
            case 'uname -s': return ok("$system\n")
            case 'uname -n': return ok("$name\n")
            case 'ip -j -d address show': return ok(new ObjectMapper().writeValueAsString(links))
            case 'ip -j -4 route show default': return ok(new ObjectMapper().writeValueAsString(routes.findAll { it.dst == 'default' }))
            case 'ip -j -4 route show table main proto boot': return ok(new ObjectMapper().writeValueAsString(routes))
            case ~/ip -j -4 route show table main exact .*/: return ok(new ObjectMapper().writeValueAsString(routes.findAll { it.dst == words.last() }))
            case ~/ip -j .*/: return ok('[]')
            case ~/ip -[46] route show .*/: return ok('')
            case 'systemctl is-active systemd-networkd.service': case 'systemctl is-active NetworkManager.service': return new Answer.Output(3, 'inactive\n', '')
            case ~/systemctl is-active .*/: return ok('active\n')
            case ~/systemctl is-enabled .*/: return ok('enabled\n')
            case ~/systemctl show .*keepalived.service/: return ok('ActiveState=active\nUnitFileState=enabled\nNeedDaemonReload=no\n')
            case 'readlink -f /sbin/ifup': return ok('/usr/sbin/ifup\n')
            case ~/grep -soE .*keepalived.conf/: return files[words.last()] == null ? new Answer.Output(2, '', '') : grepped(words)
            case ~/grep -sE .*/: return ok('source /etc/network/interfaces.d/*\n')
            case ~/grep -RsHE .*iface.*/: return ok(stanzas)
            case 'systemd-analyze cat-config sysctl.d': return ok(sysctls)
            case 'wg show interfaces': return ok(tunnels.keySet().join(' ') + '\n')
            case 'ls -1A /etc/wireguard': return ok(files.keySet().findAll { it.startsWith('/etc/wireguard/') }.collect { it.split('/').last() + '\n' }.join(''))
            case 'date +%s': return ok('1795232762\n')
            case ~/ip -o addr show dev .*/: return ok("3: ${words.last()}    inet ${tunnels[words.last()].address} scope global ${words.last()}\\       valid_lft forever preferred_lft forever\n")
            case ~/stat -c .*/: return files[words.last()] == null ? new Answer.Output(1, '', "stat: cannot statx '${words.last()}': No such file or directory") : ok('600 0:0\n')
            case ~/sed -E .*/: return files[words.last()] == null ? new Answer.Output(2, '', 'No such file or directory') : ok(files[words.last()])
            case ~'(?s)/bin/sh -c .*wg pubkey.*': return pubkey(words.last())
            case ~'(?s)/bin/sh -c .*preshared-keys.*': return peers(words[4]) { it.psk ?: 'none' }
            case ~/wg show \S+ .*/: return wg(words[2], words[3])
        }
        new Answer.Output(2, '', 'No such file or directory')
    }

    /** By grep(1) itself, of what is in the file. */
    private Answer grepped(List<String> words) {
        def grep = new ProcessBuilder(words.dropRight(1) + '-').start()
        grep.outputStream.withWriter { it << files[words.last()] }
        def said = grep.inputStream.text
        new Answer.Output(grep.waitFor(), said, '')
    }

    protected Answer pubkey(String path) {
        files[path] == null ? new Answer.Output(2, '', "sh: 1: cannot open $path: No such file") : ok(tunnels[path.split('/').last() - '.key'].key + '\n')
    }

    protected Answer wg(String device, String what) {
        def tunnel = tunnels[device]
        if (!tunnel) return new Answer.Output(1, '', "Unable to access interface: No such device\n")
        switch (what) {
            case 'public-key': return ok("$tunnel.key\n")
            case 'listen-port': return ok("$tunnel.port\n")
            case 'fwmark': return ok("${tunnel.fwmark ?: 'off'}\n")
            case 'allowed-ips': return peers(device) { it.allowed }
            case 'endpoints': return peers(device) { it.endpoint ?: '(none)' }
            case 'persistent-keepalive': return peers(device) { it.keepalive ?: 'off' }
            case 'latest-handshakes': return peers(device) { '1795232710' }
        }
        throw new AssertionError((Object) what)
    }

    protected Answer peers(String device, Closure value) {
        if (!tunnels[device]) return new Answer.Output(1, '', 'Unable to access interface: No such device\n')
        ok(tunnels[device].peers.collect { key, peer -> "$key\t${value(peer)}\n" }.join(''))
    }

    @Override
    StepResult run(Step step) { throw new AssertionError((Object) "import changes nothing: $step") }

    @Override
    void reconnect(java.time.Duration within) {}

    @Override
    void close() {}
}
