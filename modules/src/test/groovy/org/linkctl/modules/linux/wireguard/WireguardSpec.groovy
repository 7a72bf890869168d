package org.linkctl.modules.linux.wireguard

import org.linkctl.modules.Modules
import org.linkctl.modules.linux.napi.NapiModule
import org.linkctl.modules.linux.wireguardkey.WireguardKeyModule
import org.linkctl.modules.linux.wireguardpsk.WireguardPskModule
import org.linkctl.modules.linux.wireguardundeclared.WireguardUndeclaredModule
import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.dsl.Inventory
import org.linkctl.model.Fabric
import org.linkctl.modules.wireguard.WireguardEnd
import org.linkctl.plan.Planner
import org.linkctl.shell.Secret
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Finding
import org.linkctl.spi.Published
import org.linkctl.spi.Question
import org.linkctl.spi.Refused
import org.linkctl.spi.Scope
import org.linkctl.spi.UnreadableFacts
import spock.lang.Specification
import spock.lang.TempDir

/** What a case in a folder cannot say: several hosts, what the clock does, what must not be shown. */
class WireguardSpec extends Specification {
    static final String MINE = 'Tr7O5NIEeG72NQWhsWSq17whAbobK+44XYvbxV+zh2k='
    static final String THEIRS = 'Rvne082rMw6UORBctEeqvwhTbMZSu2pXNByKrzsIeG4='
    static final String OTHER = 'bQR6Jv4oTYxRo1JjuGAD3GLfcwNldqG2jgpAt6TJszU='
    static final String PSK = 'ZxQ0nUSAlZ1Z0bXyGk5ySjrPZ0yyrhM2Jx0B9JbVq2E='

    @TempDir
    Path folder

    /** A host that was converged, as one on Debian 12 answered; each example changes an answer or two. */
    Map<String, Object> host = [
        "stat -c '%a %u:%g' /etc/wireguard/wg0.key" : '600 0:0\n',
        'wg pubkey'                                 : MINE + '\n',
        'wg show wg0 public-key'                    : MINE + '\n',
        "stat -c '%a %u:%g' /etc/wireguard/wg0.psk" : null,
        "stat -c '%a %u:%g' /etc/wireguard/wg0.conf": '600 0:0\n',
        'systemctl is-enabled'                      : 'enabled\n',
        'systemctl is-active'                       : 'active\n',
        '/sys/class/net/wg0/flags'                  : '0x91\n',
        '/sys/class/net/wg0/mtu'                    : '1420\n',
        'ip -o addr'                                : '4: wg0    inet 10.255.254.2/28 scope global wg0\\       valid_lft forever preferred_lft forever\n',
        'preshared-keys'                            : "$THEIRS none\n",
        'date'                                      : '1795229653\n',
        'wg show wg0 listen-port'                   : '5000\n',
        'wg show wg0 fwmark'                        : 'off\n',
        'wg show wg0 allowed-ips'                   : "$THEIRS\t10.255.254.0/28 10.5.6.0/24\n",
        'wg show wg0 endpoints'                     : "$THEIRS\t10.9.0.2:5000\n",
        'wg show wg0 persistent-keepalive'          : "$THEIRS\t10\n",
        'wg show wg0 latest-handshakes'             : "$THEIRS\t1795229652\n",
        'grep -rlxF'                                : '/etc/wireguard/wg0.conf\n',
        'ls -1A /etc/wireguard'                     : 'wg0.conf\nwg0.key\nwg9.conf\nwg9.key\n',
        '/sys/class/net/wg0/threaded'               : '1\n',
        'ping'                                      : '3 packets transmitted, 3 received, 0% packet loss, time 404ms',
    ]

    Map<String, Published.Values> told = [
        'a-gw': Published.Values.of('wireguard.wg0.public-key', MINE),
        'b-gw': Published.Values.of('wireguard.wg0.public-key', THEIRS)]

    Fabric fabric(String tunnel = '', String endpoint = '10.9.0.2') {
        def file = Files.writeString(folder.resolve('lab.groovy'), """
            fabric('lab') {
                site('a', lan: '10.2.3.0/24') {
                    host('a-gw', os: LINUX, ssh: 'root@a') { nic('eth1', address: '10.2.3.4/24') }
                }
                site('b', lan: '10.5.6.0/24') {
                    host('b-gw', os: LINUX, ssh: 'root@b') { nic('eth1', address: '10.5.6.7/24') }
                }
                tunnel('wg0', keepalive: 10$tunnel) {
                    end('a-gw', port: 5000, address: '10.255.254.2/28')
                    end('b-gw', port: 5000, address: '10.255.254.1/28', endpoint: '$endpoint')
                }
                route(between: ['a', 'b'], via: ['wg0'])
            }""".stripIndent())
        def loaded = Inventory.load(file, Modules.limits())
        assert loaded.diagnostics() == []
        loaded.fabric()
    }

    def planned(Fabric fabric, String on = 'a-gw') {
        def modules = [new WireguardKeyModule(), new WireguardPskModule(), new WireguardUndeclaredModule(), new WireguardModule(), new NapiModule()]
        new Planner(modules).plan(new Scope(fabric, fabric.host(on).get(), new Published(told)))
    }

    /** Answers from {@link #host}, by the beginning of what was asked; the file as wanted unless told otherwise. */
    Answers answers(List plan, String conf = null) {
        String text = conf ?: plan*.resource().findAll { it instanceof WireguardEnd.Want }.collect { WireguardConf.text(it) }[0]
        new Answers(plan.collectMany { it.probe() + it.examine() }.toSet().collectEntries { [it, answer(it, text)] })
    }

    Answer answer(Question asked, String conf) {
        String path = asked instanceof Question.Command ? null : asked.path()
        if (path != null) {
            if (host[path] == null) return new Answer.Absent()
            return asked instanceof Question.ReadSecret
                    ? new Answer.Hidden(new Secret(host[path])) : new Answer.Text(host[path])
        }
        String words = asked.argv().render()
        if (words.startsWith('sed ')) return new Answer.Output(0, conf, '')
        String key = host.keySet().findAll { words.startsWith(it) }.max { it.size() } ?: host.keySet().find { words.contains(it) }
        assert key != null: words
        switch (host[key]) {
            case null: return new Answer.Output(1, '', 'No such file or directory')
            case Answer: return host[key] as Answer
            default: return new Answer.Output(0, host[key] as String, '')
        }
    }

    List<Change> changes(List plan, Answers answers) {
        plan.collectMany { it.assess(answers).changes() }
    }

    List<String> steps(List plan, Answers answers) {
        plan.collectMany { it.assess(answers).steps() }.collect { it instanceof Step.Run ? it.argv().render() : it.toString() }
    }

    def "a host as it shall be needs nothing"() {
        given:
        def plan = planned(fabric())

        expect:
        changes(plan, answers(plan)) == []
    }

    def "the public key is what the file says, whatever the interface runs with"() {
        given:
        host['wg pubkey'] = OTHER + '\n'
        def plan = planned(fabric())
        def all = answers(plan)

        expect:
        plan.collect { it.publish(all).plain()['wireguard.wg0.public-key'] }.findAll() == [OTHER]
        steps(plan, all) == ['wg set wg0 private-key /etc/wireguard/wg0.key']
        changes(plan, all)*.traffic() == [Change.Traffic.CUTS]
    }

    def "an interface that runs keeps its key where the file is lost"() {
        given:
        host["stat -c '%a %u:%g' /etc/wireguard/wg0.key"] = null
        host['wg pubkey'] = new Answer.Output(2, '', 'sh: 1: cannot open /etc/wireguard/wg0.key: No such file')
        def plan = planned(fabric())
        def all = answers(plan)

        expect:
        plan.collect { it.publish(all).plain()['wireguard.wg0.public-key'] }.findAll() == [MINE]
        steps(plan, all) == ['GenerateFile[path=/etc/wireguard/wg0.key, mode=0600, producer=wg show wg0 private-key]']
    }

    def "an endpoint of #now, handshake #age s ago, file applied: #applied -> #expected"() {
        given:
        host['timeout 8 getent ahosts b.example'] = '10.9.0.77       STREAM b.example\n10.9.0.77       DGRAM  \nfd00:9::77      STREAM \n'
        host['wg show wg0 endpoints'] = "$THEIRS\t$now\n"
        host['wg show wg0 latest-handshakes'] = "$THEIRS\t${1795229653 - age}\n"
        def plan = planned(fabric('', wanted))
        def all = applied ? answers(plan) : answers(plan, '[Interface]\nPrivateKey = (hidden)\n')

        expect:
        steps(plan, all).findAll { it.startsWith('wg set') } == expected

        where:
        wanted       | now                     | age | applied || expected
        '10.9.0.2'   | '10.9.0.2:5000'         | 999 | true    || []
        '10.9.0.2'   | '10.9.0.77:61000'       | 20  | true    || []
        '10.9.0.2'   | '10.9.0.77:61000'       | 181 | true    || ["wg set wg0 peer $THEIRS endpoint 10.9.0.2:5000"]
        '10.9.0.2'   | '10.9.0.77:61000'       | 20  | false   || ["wg set wg0 peer $THEIRS endpoint 10.9.0.2:5000"]
        '10.9.0.2'   | '(none)'                | 20  | true    || ["wg set wg0 peer $THEIRS endpoint 10.9.0.2:5000"]
        'b.example'  | '10.9.0.77:5000'        | 999 | true    || []
        'b.example'  | '10.9.0.66:5000'        | 999 | true    || ["wg set wg0 peer $THEIRS endpoint 10.9.0.77:5000"]
        'b.example'  | '10.9.0.66:5000'        | 20  | true    || []
        'b.example'  | '[fd00:9::77]:5000'     | 999 | true    || []
        'b.example'  | '10.9.0.77:5777'        | 999 | true    || ["wg set wg0 peer $THEIRS endpoint 10.9.0.77:5000"]
        'b.example'  | '10.9.0.77:5000'        | 20  | false   || []
        'fd00:9::2'  | '[fd00:9::2]:5000'      | 999 | true    || []
    }

    def "a pre-shared key is in no plan, and what the maker made is what the other end gets"() {
        given:
        host['/etc/wireguard/wg0.psk'] = PSK + '\n'
        host["stat -c '%a %u:%g' /etc/wireguard/wg0.psk"] = '600 0:0\n'
        def made = planned(fabric(', psk: true'))

        when:
        def hidden = made.collectMany { it.publish(answers(made)).hidden().entrySet() }.collectEntries()

        then:
        hidden == ['wireguard.wg0.psk': new Secret(PSK + '\n')]

        when:
        told['a-gw'] = new Published.Values(told['a-gw'].plain(), hidden)
        host.putAll(['wg pubkey': THEIRS, 'wg show wg0 public-key': THEIRS, 'preshared-keys': "$MINE other\n",
                     '/etc/wireguard/wg0.psk': OTHER + '\n'])
        ['allowed-ips', 'endpoints', 'persistent-keepalive', 'latest-handshakes'].each {
            host["wg show wg0 $it".toString()] = host["wg show wg0 $it".toString()].replace(THEIRS, MINE)
        }
        def got = planned(fabric(', psk: true'), 'b-gw')
        def put = got.collectMany { it.assess(answers(got)).steps() }.find { it instanceof Step.PutFile && it.path().endsWith('.psk') }

        then:
        put.content().secret() == new Secret(PSK + '\n')
        steps(got, answers(got)).contains("wg set wg0 peer $MINE preshared-key /etc/wireguard/wg0.psk" as String)
        !(changes(got, answers(got)).toString() + steps(got, answers(got))).contains(PSK)
        !(changes(got, answers(got)).toString() + steps(got, answers(got))).contains(OTHER)
    }

    def "nothing is done while the other end's key is not known"() {
        given:
        told.remove('b-gw')
        host.putAll(['systemctl is-active': 'inactive\n', '/sys/class/net/wg0/flags': null])
        def plan = planned(fabric())
        def all = answers(plan)

        expect:
        changes(plan, all)*.action() == [Change.Action.CREATE, Change.Action.UPDATE]
        steps(plan, all) == []
        plan*.resource()*.unknowns().flatten() == ['the public key of wg0 on b-gw']
    }

    def "another kind of interface of that name is left alone"() {
        given:
        host['wg show wg0 listen-port'] = new Answer.Output(1, '', 'Unable to access interface: Operation not supported\n')
        host['systemctl is-active'] = 'failed\n'
        def plan = planned(fabric())

        when:
        changes(plan, answers(plan))

        then:
        Refused refused = thrown()
        refused.message.contains("'wg0' is there but cannot be read as a WireGuard interface")
    }

    def "an interface that cannot be read for want of wg(8) is left alone"() {
        given:
        def none = new Answer.Output(127, '', 'sh: 1: wg: not found')
        host.keySet().findAll { it.startsWith('wg ') }.each { host[it] = none }
        host['preshared-keys'] = new Answer.Output(0, '', 'sh: 1: wg: not found')
        host['systemctl is-active'] = 'inactive\n'
        def plan = planned(fabric())

        expect:
        steps(plan, answers(plan)) == []
        changes(plan, answers(plan))*.subject() == ['wg0 peers']
    }

    def "no systemd, no tunnels"() {
        given:
        host['systemctl is-enabled'] = new Answer.Output(127, '', 'sh: 1: systemctl: not found')
        def plan = planned(fabric())

        when:
        changes(plan, answers(plan))

        then:
        Refused refused = thrown()
        refused.message.contains('systemd')
    }

    def "'#asked' saying '#said' is not guessed at"() {
        given:
        host[asked] = said
        def plan = planned(fabric())

        when:
        changes(plan, answers(plan))

        then:
        UnreadableFacts unreadable = thrown()
        unreadable.message.contains(said.tokenize('\t').last().take(20))

        where:
        asked                                       | said
        'wg show wg0 listen-port'                   | 'five thousand'
        'wg show wg0 allowed-ips'                   | "$THEIRS\t10.255.254.0/99" as String
        'wg show wg0 endpoints'                     | 'peer 10.9.0.2:5000'
        'wg show wg0 public-key'                    | 'c2hvcnQ='
        'wg pubkey'                                 | 'c2hvcnQ='
        'ip -o addr'                                | '4: wg0 what is this'
        'systemctl is-active'                       | 'sleeping'
        'systemctl is-enabled'                      | 'perhaps'
        '/sys/class/net/wg0/flags'                  | 'up'
        '/sys/class/net/wg0/mtu'                    | 'large'
        '/sys/class/net/wg0/threaded'               | 'yes'
        "stat -c '%a %u:%g' /etc/wireguard/wg0.key" | 'rw-------'
        'grep -rlxF'                                | 'wg0.conf'
    }

    def "a tunnel that is no longer declared goes, before the others are touched"() {
        given:
        host['grep -rlxF'] = '/etc/wireguard/wg0.conf\n/etc/wireguard/wg9.conf\n/etc/wireguard/old/wg8.conf\n'
        def plan = planned(fabric())

        expect:
        steps(plan, answers(plan)) == ['systemctl disable --now wg-quick@wg9.service',
            'RemoveFile[path=/etc/wireguard/wg9.conf]']
        changes(plan, answers(plan))*.subject() == ['tunnel wg9', '/etc/wireguard/wg9.conf']
        plan*.module().indexOf('linux.wireguard-undeclared') < plan*.module().indexOf('linux.wireguard')
    }

    def "health: handshake #age s ago -> #health"() {
        given:
        host['wg show wg0 latest-handshakes'] = "$THEIRS\t${age == 0 ? 0 : 1795229653 - age}\n"
        host['ping'] = '5 packets transmitted, 5 received, 0% packet loss, time 817ms\nrtt min/avg/max/mdev = 1.4/2.5/3.6/0.4 ms\n'
        def plan = planned(fabric())

        when:
        def all = plan.collectMany { it.findings(answers(plan)) }

        then:
        all[0].health() == health
        all.drop(1)*.health().every { it == Finding.Health.GOOD }

        where:
        age || health
        1   || Finding.Health.GOOD
        179 || Finding.Health.GOOD
        180 || Finding.Health.BAD
        0   || Finding.Health.BAD
    }

    def "health: '#said' of a full packet outside -> #health"() {
        given:
        host['ping -n -c 3 -i 0.2 -W 2 -M do -s 1452 10.9.0.2'] = new Answer.Output(1, "3 packets transmitted, 0 received,$said 100% packet loss, time 404ms", err)
        host['ping -n -q -c 3 -i 0.2 -W 2 10.9.0.2'] = "3 packets transmitted, $small received, 0% packet loss, time 404ms"
        host['ping'] = '3 packets transmitted, 3 received, 0% packet loss, time 404ms'
        def plan = planned(fabric())

        expect:
        plan.collectMany { it.findings(answers(plan)) }.last().health() == health

        where:
        said         | err                                             | small || health
        ' +3 errors,' | 'ping: local error: message too long, mtu=1400' | 3     || Finding.Health.BAD
        ''           | ''                                              | 3     || Finding.Health.BAD
        ''           | ''                                              | 0     || Finding.Health.DOUBTFUL
    }
}
