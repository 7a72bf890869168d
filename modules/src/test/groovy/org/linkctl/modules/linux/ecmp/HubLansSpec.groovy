package org.linkctl.modules.linux.ecmp

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Inventories
import org.linkctl.modules.Modules
import org.linkctl.modules.linux.pair.Router
import org.linkctl.modules.wireguard.PeerFile
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Memory
import org.linkctl.spi.Owned
import org.linkctl.spi.Published
import org.linkctl.spi.Question
import org.linkctl.spi.Scope
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir
import spock.lang.Timeout

/**
 * LANs behind a spoke and a peer of a hub, with wg-quick(8) and WireGuard (wireguard-go, where the kernel has none): each of gw, ch and
 * vendor has a host of its LAN behind it; the vendor's router has what {@code linkctl render} prints for it and nothing else.
 */
@Timeout(200)
@Stepwise
@Requires({ HubLansSpec.possible() })
class HubLansSpec extends Specification {
    static final LANS = [gw: ['10.1.0', 'fd00:1'], ch: ['10.2.0', 'fd00:2'], vendor: ['10.7.0', 'fd00:7']]

    @Shared
    @TempDir
    Path folder
    @Shared
    Map<String, Router> routers = [:]
    @Shared
    Map<String, Router> hosts = [:]
    @Shared
    Map<String, String> keys
    @Shared
    def fabric

    static boolean possible() {
        def missing = Router.missing() ?: ['wireguard-go', 'wg', 'wg-quick', 'ping'].find { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        if (missing) println "HubLansSpec: no hub was made: $missing"
        missing == null
    }

    private static String inventory(String vendorKey, String lan = 'lan: true') {
        """fabric('lans') {
            site('head', lan: ['10.1.0.0/24', 'fd00:1::/64']) {
                host('gw', os: LINUX, ssh: '192.0.2.1') { nic('lan0', address: ['10.1.0.1/24', 'fd00:1::1/64']); nic('out', address: '192.0.2.1/24') }
            }
            site('ch', lan: ['10.2.0.0/24', 'fd00:2::/64']) {
                host('ch', os: LINUX, ssh: '192.0.2.2') { nic('lan0', address: ['10.2.0.1/24', 'fd00:2::1/64']); nic('out', address: '192.0.2.2/24') }
            }
            hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fd00:0:0:9::1/64'], endpoint: '192.0.2.1', keepalive: 25) {
                spoke('ch', address: ['10.0.0.2/24', 'fd00:0:0:9::2/64'], $lan)
                peer('vendor', publicKey: '$vendorKey', address: ['10.0.0.3', 'fd00:0:0:9::3'], lan: ['10.7.0.0/24', 'fd00:7::/64'])
            }
        }"""
    }

    private load(String text) {
        def file = folder.resolve('inventory.groovy')
        Files.writeString(file, text)
        Inventories.load(file.toFile())
    }

    def setupSpec() {
        LANS.eachWithIndex { name, lan, i ->
            def router = routers[name] = new Router(name, folder)
            def host = hosts[name] = new Router("$name-pc", folder)
            if (name != 'gw') router.run("ip link add out type veth peer name $name netns $routers.gw.pid")
            router.run("ip link add lan0 type veth peer name lan0 netns $host.pid")
            [[router, 1], [host, 9]].each { Router one, int at ->
                one.run("""ip link set lan0 up; ip address add ${lan[0]}.$at/24 dev lan0; ip address add ${lan[1]}::$at/64 dev lan0 nodad
                    mkdir -p /run/wireguard /run/resolvconf""")
            }
            host.run("ip route add default via ${lan[0]}.1; ip -6 route add default via ${lan[1]}::1")
            router.run('sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1')
        }
        routers.gw.run('''ip link add out type bridge; ip link set out up; ip address add 192.0.2.1/24 dev out
            for port in ch vendor; do ip link set $port master out up; done''')
        ['ch', 'vendor'].eachWithIndex { name, i -> routers[name].run("ip link set out up; ip address add 192.0.2.${i + 2}/24 dev out") }
        keys = LANS.keySet().collectEntries { [it, routers.gw.run('wg genkey').trim()] }
        fabric = load(inventory(shown('vendor')))
        ['gw', 'ch'].each { name ->
            def router = routers[name]
            Files.writeString(router.folder.resolve('etc/wireguard/wg0.key'), keys[name])
            ['linux.ecmp', 'linux.wireguard'].each { router.put(fabric, it, told()) }
            quick(router)
        }
        def file = PeerFile.all(fabric).find { it.peer() == 'vendor' }.text(shown('gw'))
        Files.writeString(routers.vendor.folder.resolve('etc/wireguard/wg0.conf'), file.replaceAll('PrivateKey = .*', "PrivateKey = $keys.vendor"))
        quick(routers.vendor)
    }

    def cleanupSpec() {
        (hosts.values() + routers.values())*.close()
    }

    private String shown(String name) {
        routers.gw.run("echo ${keys[name]} | wg pubkey").trim()
    }

    private Published told() {
        new Published(['gw', 'ch'].collectEntries { [it, Published.Values.of('wireguard.wg0.public-key', shown(it))] })
    }

    /** What wg-quick(8) does with a file, one after the other; where the kernel has no WireGuard it would start a daemon that stays. */
    private static void quick(Router router) {
        router.wireguardInterface('wg0')
        def conf = Files.readString(router.folder.resolve('etc/wireguard/wg0.conf'))
        def of = { String key -> (conf =~ "(?m)^$key = (.*)\$").collect { it[1] } }
        router.run("""wg-quick strip wg0 >/run/wg0; wg setconf wg0 /run/wg0
            ${of('Address').collectMany { it.split(', ') as List }.collect { "ip address add $it dev wg0" }.join('; ')}
            ip link set wg0 mtu 1420 up
            ${of('Table') ? '' : of('AllowedIPs').collectMany { it.split(', ') as List }.collect { "ip route replace $it dev wg0" }.join('; ')}
            ${of('PostUp').collect { it.replace('%i', 'wg0') }.join('\n')}""")
    }

    /**
     * Waits for an answer, and fails without one (ping(8): status 1). While a neighbour is looked for and WireGuard shakes hands the first
     * packets may be lost or late, so that two answers may come at once.
     */
    private static void ping(Router from, String to) {
        from.run("ping -c 1 -w 10 $to")
    }

    def 'a host of the LAN at #from reaches one of the LAN at #to, by both families'() {
        expect:
        ping(hosts[from], LANS[to][0] + '.9')
        ping(hosts[from], LANS[to][1] + '::9')

        where:
        [from, to] << [LANS.keySet(), LANS.keySet()].combinations().findAll { it[0] != it[1] }
    }

    def 'a router itself reaches the LANs, from its own address there'() {
        expect:
        ping(routers.gw, '10.2.0.9')
        ping(routers.ch, 'fd00:1::9')
        routers.ch.run('ip route get 10.1.0.9').contains('src 10.2.0.1')
    }

    def 'the next plan is empty on #name'() {
        given:
        def module = Modules.all().find { it.name() == 'linux.ecmp' }
        def want = module.want(new Scope(fabric, host(name), told())).first()

        expect:
        module.diff(want, module.facts(want, answers(module.probe(want), routers[name]))) == []

        where:
        name << ['gw', 'ch']
    }

    def 'the LAN declared no more: its route goes with its steps, and the others stay'() {
        given:
        def less = load(inventory(shown('vendor'), 'lan: []'))
        def module = Modules.all().find { it.name() == 'linux.ecmp' }
        def want = module.want(new Scope(less, less.host('gw').get(), told())).first()
        def facts = module.facts(want, answers(module.probe(want), routers.gw))

        when:
        module.steps(want, facts, module.diff(want, facts)).each { step(routers.gw, it) }

        then:
        routers.gw.run('ip route; ip -6 route').findAll(/10\.2\.0\.0|fd00:2::/) == []
        ping(hosts.gw, '10.7.0.9')

        when:
        def spoke = module.want(new Scope(less, less.host('ch').get(), told()))
        def owned = new Owned('linux.ecmp[hub-wg0]', Memory.OWNED.with('to', ['10.1.0.0/24', 'fd00:1::/64', '10.7.0.0/24', 'fd00:7::/64']).with('over', ['wg0']))
        def gone = module.absent(new Scope(less, less.host('ch').get(), told()), owned).get()
        def had = module.facts(gone, answers(module.probe(gone), routers.ch))
        module.steps(gone, had, module.diff(gone, had)).each { step(routers.ch, it) }

        then:
        spoke == []
        routers.ch.run('ip route; ip -6 route').findAll(/10\.[17]\.0\.0|fd00:[17]::/) == []
        !Files.exists(routers.ch.folder.resolve('usr/local/lib/linkctl/route-hub-wg0'))
    }

    private host(String name) {
        fabric.host(name).get()
    }

    private static void step(Router router, Step step) {
        switch (step) {
            case Step.PutFile -> Files.writeString(router.folder.resolve(step.path().substring(1)), step.content().text())
            case Step.RemoveFile -> router.run("rm -f '${step.path()}'")
            case Step.Run -> router.run(step.argv().render())
            default -> throw new AssertionError(step as Object)
        }
    }

    private static Answers answers(List<Question<?>> questions, Router router) {
        new Answers(questions.collectEntries { [it, answer(it, router)] })
    }

    private static Answer answer(Question<?> question, Router router) {
        if (question instanceof Question.ReadFile) {
            def text = router.attempt("cat '${question.path()}' 2>/dev/null || echo absent")
            return text == 'absent\n' ? new Answer.Absent() : new Answer.Text(text)
        }
        def process = router.start(question.argv().render())
        def said = process.inputStream.text
        new Answer.Output(process.waitFor(), said, '')
    }
}
