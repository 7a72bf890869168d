package org.linkctl.cli

import com.fasterxml.jackson.databind.ObjectMapper
import org.linkctl.cli.render.Rendering
import org.linkctl.cli.show.ApplyText
import org.linkctl.cli.show.HealthText
import org.linkctl.cli.show.TextStyle
import org.linkctl.cli.show.Paint
import org.linkctl.cli.show.PlanReport
import org.linkctl.cli.show.TextLayout
import org.linkctl.diag.Diagnostic
import org.linkctl.diag.Place
import org.linkctl.engine.Health
import org.linkctl.engine.HostPlan
import org.linkctl.engine.Outcome
import org.linkctl.engine.Stages
import org.linkctl.shell.Argv
import org.linkctl.shell.Content
import org.linkctl.shell.Secret
import org.linkctl.shell.Step
import org.linkctl.spi.Change
import org.linkctl.spi.Finding
import org.linkctl.spread.Departure
import spock.lang.Specification

class TextsSpec extends Specification {
    static final TextStyle COLOR = new TextStyle(Paint.COLOR, 80, [TextStyle.Detail.DIFF, TextStyle.Detail.STEPS] as Set)
    static final TextStyle PLAIN = new TextStyle(Paint.PLAIN, 80, [] as Set)
    static final TextStyle DIFF = PLAIN.with(TextStyle.Detail.DIFF)

    def gw = Toy.host('a-gw')
    def far = Toy.host('b-gw', 'b')

    HostPlan rich() {
        Toy.plan(gw,
                new HostPlan.Item('linux.bond', 'linux.bond[bond0]', [
                        Change.state('bond0 mode', 'active-backup', '802.3ad').cuts(),
                        Change.state('bond0 xmit_hash_policy', '', 'layer3+4'),
                        Change.state('bond0 member eno3', null, 'up'),
                        Change.state('bond0 address 10.9.9.9/24', '', null),
                        Change.state('route 10.5.6.0/24',
                                'nexthop dev wg0 weight 1\nnexthop dev wg9 weight 1\n',
                                'nexthop dev wg0 weight 1\nnexthop dev wg1 weight 1\n'),
                        Change.state('bond0 members', 'a-long-interface-1 a-long-interface-2', 'a-long-interface-1'),
                ], [
                        Step.run('ip', 'link', 'set', 'bond0', 'down'),
                        new Step.WriteValue('/sys/class/net/bond0/bonding/mode', '802.3ad'),
                        new Step.RemoveFile('/etc/old conf'),
                ], [], [], true),
                new HostPlan.Item('linux.file', 'linux.file[x]', [
                        Change.file('/etc/new.conf', null, '[New]\nA=1\n'),
                        Change.file('/etc/changed.conf', 'a\nb\nc\nd\ne\nf\ng\nh\n', 'a\nb\nc\nd\nE\nf\ng\nh'),
                        Change.file('/etc/gone.conf', 'old\n', null),
                        Change.file('/etc/empty.conf', null, ''),
                ], [
                        Step.put('/etc/new.conf', '0644', '[New]\nA=1\n'),
                        new Step.PutFile('/etc/wireguard/wg0.psk', '0600', Content.of(new Secret('the-psk'))),
                        new Step.GenerateFile('/etc/wireguard/wg0.key', '0600', Argv.of('wg', 'genkey')),
                ], [], [], true),
                new HostPlan.Item('linux.wireguard', 'linux.wireguard[wg0]', [
                        Change.state('wg0 peer', null, Change.UNKNOWN),
                ], [], ['the public key of wg0 on b-gw'], [], true),
                new HostPlan.Item('linux.sysctl', 'linux.sysctl[net.ipv4.conf.wg0.rp_filter]', [
                        Change.state('net.ipv4.conf.wg0.rp_filter', null, '2'),
                ], [new Step.WriteValue('/proc/sys/net/ipv4/conf/wg0/rp_filter', '2')], [], ['linux.wireguard[wg0]'], true))
    }

    Map every() {
        def left = Toy.plan(gw, rich().items()[2])
        [
                (gw)                       : new Outcome.WouldChange(rich()),
                (far)                      : new Outcome.Changed(rich()),
                (Toy.host('c'))            : new Outcome.Converged(),
                (Toy.host('d-gateway'))    : new Outcome.NotConverged(rich(), left,
                        'the public key of wg0 on b-gw is not known: b-gw was unreachable, and without it there is nothing to do'),
                (Toy.host('e-gw'))         : new Outcome.Failed(rich(), 'ip link set bond0 up',
                        'RTNETLINK answers: Operation not permitted\nsecond \u001b[31mline\n'),
                (Toy.host('f'))            : new Outcome.Unreachable('connection timed out'),
                (Toy.host('g'))            : new Outcome.Refused('NetworkManager runs eth1'),
                (Toy.host('h'))            : new Outcome.Converged(),
                (Toy.host('k'))            : new Outcome.Refused('linux.bond[bond1]: eno9 belongs to br0', Optional.of(new HostPlan(Toy.host('k'), [
                        HostPlan.Item.refused('linux.bond', 'linux.bond[bond1]', 'eno9 belongs to br0; take it out of br0 first, and out of what puts it there at boot'),
                        rich().items()[3]]))),
                (Toy.host('i'))            : new Outcome.RolledBack(rich(), 'worse than before: wg0 handshake'),
                (Toy.host('j'))            : new Outcome.Locked('ann since 2026-01-02T03:04:05Z from desk'),
        ]
    }

    PlanReport report(Map outcomes) {
        def at = new Place('net.groovy', 7, 5)
        def stages = new Stages([
                new Stages.Stage(['wg2', 'wg3'], ['a-gw', 'b-gw'], Stages.Mode.NEW),
                new Stages.Stage(['wg0'], ['a-gw', 'b-gw'], Stages.Mode.DRAINED),
                new Stages.Stage(['wg1'], ['a-gw'], Stages.Mode.IN_PLACE),
                new Stages.Stage(['host:b-gw'], ['b-gw'], Stages.Mode.STANDBY),
                new Stages.Stage(['host:a-gw'], ['a-gw'], Stages.Mode.DRAINED),
        ], [
                new Stages.Cut('a-gw', 'linux.bond[bond0]', 'bond0 mode', 5, ''),
                new Stages.Cut('a-gw', 'linux.wireguard[wg1]', 'wg1 listen-port', null, 'its end on b-gw is not in this run'),
        ])
        new PlanReport('toy', outcomes, stages, [(gw): [new HostPlan.Warning('linux.wireguard[wg0]', 'wg0 loses its pre-shared key, since the inventory has none for it: what is recorded now is safe only as long as Curve25519 is')]], [
                new Departure('wg0', 'a-gw', 'bond0', 'eno2', ''),
                new Departure('wg1', 'a-gw', 'bond0', '#1', ''),
                new Departure('wg0', 'c', null, null, 'the far end has no endpoint: only the host learns its address'),
        ], [Diagnostic.warning(at, "'wg0' and 'wg1' leave a-gw by one member").detail('port 5002 would not')],
                { place -> "    tunnel('wg1')" })
    }

    def "a plan in short, and line by line"() {
        expect:
        Golden.is('plan.txt', report(every()).text(PLAIN))
        Golden.is('plan-diff.txt', report(every()).text(DIFF))
    }

    def "a plan in short, in colours and with its steps"() {
        expect:
        Golden.is('plan-steps.txt', report([(gw): new Outcome.WouldChange(rich())]).text(new TextStyle(Paint.COLOR, 80, [TextStyle.Detail.STEPS] as Set)))
    }

    def "how many lines differ: #said"() {
        given:
        def plan = Toy.plan(gw, new HostPlan.Item('linux.file', 'linux.file[x]', [change], [], [], [], true))

        expect:
        report([(gw): new Outcome.WouldChange(plan)]).text(PLAIN).contains("\n    $said\n".toString())
        report([(gw): new Outcome.WouldChange(plan)]).text(PLAIN).contains('--diff shows') == hint

        where:
        change                                                        || hint  | said
        Change.file('/a', null, 'x\n')                                || true  | '+ /a  (+1 line)'
        Change.file('/a', null, 'x\ny\n')                             || true  | '+ /a  (+2 lines)'
        Change.file('/a', 'x\ny\n', null)                             || true  | '- /a  (-2 lines)'
        Change.file('/a', 'x\ny\nz\n', 'x\nq\nz\nr\n')               || true  | '~ /a  (+2 -1 lines)'
        Change.file('/a', null, '')                                   || true  | '+ /a  (empty)'
        Change.file('/k', null, '(hidden; a new key, made here)\n')   || false | '+ /k: (hidden; a new key, made here)'
        Change.file('/k', '(secret 12)\n', '(secret 34)\n')           || false | '~ /k: (secret 12) -> (secret 34)'
        Change.state('table t', null, (1..9).join('\n'))              || true  | '+ table t  (+9 lines)'
        Change.state('a', '0', '1')                                   || false | '~ a: 0 -> 1'
        Change.state('route x', 'dev a\ndev b\n', 'dev a\ndev c\n')   || false | '~ route x:\n        -dev b\n        +dev c'
    }

    def "many new files in one folder are one line; what changes or goes is named"() {
        given:
        def items = (1..4).collect { n ->
            new HostPlan.Item('linux.sysctl', "linux.sysctl[k$n]", [Change.state("k$n", '0', '1'), Change.file("/etc/sysctl.d/k$n", null, 'a\nb\n'),
                    Change.file("/etc/old/k$n", 'a\n', 'b\n')], [], [], [], true)
        }
        def text = report([(gw): new Outcome.WouldChange(Toy.plan(gw, *items))]).text(PLAIN)

        expect:
        text.contains("""\
              linux.sysctl
                ~ k1: 0 -> 1
                + 4 files in /etc/sysctl.d  (+8 lines)
                ~ /etc/old/k1  (+1 -1 lines)
                ~ k2: 0 -> 1
                ~ /etc/old/k2  (+1 -1 lines)
            """.stripIndent().replaceAll(/\n$/, ''))
    }

    def "many tunnels are listed by the member that they leave by, in short"() {
        given:
        def many = (0..<60).collect { new Departure("wg$it", 'a-gw', 'bond0', "eno${it % 3}", '') }
        def all = new PlanReport('toy', [:], Stages.NONE, [:], many, [], { null })

        expect:
        all.text(PLAIN).readLines().findAll { it.contains('eno') }.size() < 20
        all.text(PLAIN).contains('  a-gw  bond0  eno0    wg0, wg3, ')
        all.text(DIFF).readLines().findAll { it.contains('eno') }.size() == 60
    }

    def "of what failed the cause comes first, whatever the order of the hosts"() {
        given:
        def plan = rich()
        def text = ApplyText.of([
                (Toy.host('a')) : new Outcome.RolledBack(plan, 'cc, which had to change in the same run, did not'),
                (Toy.host('bb')): new Outcome.NotConverged(plan, plan, 'not known: x'),
                (Toy.host('cc')): new Outcome.RolledBack(plan, 'a step failed: ip link set bond0 up\nno such device'),
                (Toy.host('d')) : new Outcome.Changed(plan),
        ], PLAIN)

        expect:
        text.readLines().findAll { it =~ /^\w/ }*.replaceAll(/ .*/, '') == ['d', 'cc', 'bb', 'a', 'Apply:']
        text.contains('cc  ROLLED BACK\n      a step failed: ip link set bond0 up\n')
        !text.contains('next run')
    }

    def "a plan in colours, with its steps"() {
        expect:
        Golden.is('plan-color.txt', report([(gw): new Outcome.WouldChange(rich())]).text(COLOR))
    }

    def "a plan as data holds no secret"() {
        given:
        def json = report(every()).json()

        expect:
        Golden.is('plan.json', json)
        !json.contains('the-psk')
        new ObjectMapper().readTree(json).get('hosts').collect { it.get('outcome').asText() }.toSet() == [
                'would-change', 'changed', 'converged', 'not-converged', 'failed', 'rolled-back', 'locked', 'unreachable', 'refused'] as Set
    }

    def "an apply with every kind of outcome"() {
        expect:
        Golden.is('apply.txt', ApplyText.of(every(), PLAIN))
        Golden.is('apply-color.txt', ApplyText.of(every(), COLOR))
    }

    def "an apply where nothing differed"() {
        expect:
        ApplyText.of([(gw): new Outcome.Converged(), (far): new Outcome.Converged()], PLAIN)
                .endsWith('Nothing to do: 2 hosts converged\n')
    }

    def "health"() {
        given:
        def health = [
                (gw)           : new Health.Examined([
                        Finding.good('wg0 handshake', '12 s ago'),
                        Finding.bad('bond0', 'LACP is not negotiated: the partner address of eno1 is 00:00:00:00:00:00, so the switch does not speak it there'),
                        Finding.doubtful('wg1', 'a late handshake'),
                ]),
                (far)          : new Health.Examined([]),
                (Toy.host('c')): new Health.Unreachable('connection refused'),
                (Toy.host('d')): new Health.Refused('it runs no systemd'),
        ]

        expect:
        Golden.is('health.txt', HealthText.of(health, PLAIN))
        Golden.is('health-color.txt', HealthText.of(health, COLOR))
        !HealthText.passes(health)
        HealthText.passes([(far): new Health.Examined([Finding.doubtful('x', 'y')])])
    }

    def "a rendering: hidden contents are not in it"() {
        given:
        def texts = Rendering.of([(gw): rich()])

        expect:
        texts.keySet() as List == ['a-gw/commands.txt', 'a-gw/files/etc/changed.conf', 'a-gw/files/etc/empty.conf',
                'a-gw/files/etc/new.conf', 'a-gw/files/etc/wireguard/wg0.psk']
        texts['a-gw/files/etc/wireguard/wg0.psk'] == '(hidden)\n'
        Golden.is('commands.txt', texts['a-gw/commands.txt'])
    }

    def "control characters from a host never reach the terminal"() {
        expect:
        Paint.COLOR.text('a\u001b[2Jb\u009bc\td') == 'a\\x1b[2Jb\\x9bc\td'
        Paint.PLAIN.added('\u0007') == '\\x07'
    }

    def "prose is wrapped at blanks and indented"() {
        expect:
        TextLayout.wrap('one two three four five six seven', 4, 24) == 'one two three four\n    five six seven'
    }
}
