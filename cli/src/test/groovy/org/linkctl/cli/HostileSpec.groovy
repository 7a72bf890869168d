package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.cli.render.BarePlan
import org.linkctl.cli.render.Rendering
import org.linkctl.cli.show.CheckText
import org.linkctl.cli.show.Paint
import org.linkctl.dsl.read.ScriptCache
import org.linkctl.dsl.words.FabricSpec
import org.linkctl.dsl.words.HostSpec
import org.linkctl.dsl.words.HubSpec
import org.linkctl.dsl.Inventory
import org.linkctl.dsl.words.InventoryScript
import org.linkctl.dsl.words.SiteSpec
import org.linkctl.dsl.words.TunnelSpec
import org.linkctl.dsl.words.TunnelsSpec
import org.linkctl.dsl.words.Vocabulary
import org.linkctl.engine.Selection
import org.linkctl.modules.Modules
import org.linkctl.plan.Planner
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir

/**
 * Every text that the language takes, with values that mean something to a shell, a terminal, a file system or a
 * configuration file: each is refused where it stands, or comes out of a real /bin/sh as it went in.
 */
class HostileSpec extends Specification {
    /** One inventory with every place for a text, each on a line of its own: <<place|what is right there>>. */
    static final String BASE = '''
        fabric(
                <<script/fabric 0|'net'>>) {
            def rows = csv(
                <<csv 0|'data.csv'>>)
            def data = json(
                <<json 0|'data.json'>>)
            include(
                <<fabric/include 0|'part.groovy'>>)
            site(
                    <<fabric/site 0|'a'>>,
                    lan:
                        <<fabric/site lan|'10.1.0.0/16'>>) {
                host(
                        <<site/host 0|'a-gw'>>,
                        os: LINUX,
                        ssh:
                            <<site/host ssh|'admin@192.0.2.1:22'>>,
                        tags:
                            <<site/host tags|'edge'>>) {
                    bond(
                        <<host/bond 0|'bond0'>>,
                        members:
                            <<host/bond members|'eno1'>>,
                        address:
                            <<host/bond address|'10.1.0.1/16'>>,
                        defaultGateway:
                            <<host/bond defaultGateway|'10.1.0.254'>>,
                        replyTo:
                            <<host/bond replyTo|'10.1.0.254'>>)
                    nic(
                        <<host/nic 0|'eth1'>>,
                        address:
                            <<host/nic address|'192.0.2.65/26'>>,
                        defaultGateway:
                            <<host/nic defaultGateway|'fe80::1'>>,
                        replyTo:
                            <<host/nic replyTo|'192.0.2.66'>>)
                    vlan(
                        <<host/vlan 0|'v10'>>,
                        on:
                            <<host/vlan on|'bond0'>>,
                        id: 10,
                        address:
                            <<host/vlan address|'10.91.0.1/24'>>,
                        defaultGateway:
                            <<host/vlan defaultGateway|[]>>,
                        replyTo:
                            <<host/vlan replyTo|'10.91.0.2'>>)
                    bridge(
                        <<host/bridge 0|'br0'>>,
                        members:
                            <<host/bridge members|'eno9'>>,
                        address:
                            <<host/bridge address|'10.92.0.1/24'>>,
                        defaultGateway:
                            <<host/bridge defaultGateway|[]>>,
                        replyTo:
                            <<host/bridge replyTo|'10.92.0.2'>>)
                    sysctl(
                        <<host/sysctl 0|'net.ipv4.ip_local_port_range'>>,
                        <<host/sysctl 1|'1024 65000'>>)
                    firezoneGateway(token: secret('fz/token'),
                        binary:
                            <<host/firezoneGateway binary|'files/gateway'>>,
                        sha256:
                            <<host/firezoneGateway sha256|'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'>>,
                        api:
                            <<host/firezoneGateway api|'wss://portal.example'>>)
                    file(
                        <<host/file 0|'/etc/foo.conf'>>,
                        text:
                            <<host/file text|'x'>>,
                        mode:
                            <<host/file mode|'0640'>>,
                        owner:
                            <<host/file owner|'root'>>,
                        group:
                            <<host/file group|'adm'>>)
                    file('/etc/bar.conf',
                        from:
                            <<host/file from|'data.csv'>>)
                    user(
                        <<host/user 0|'ops'>>,
                        keys:
                            <<host/user keys|'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g ops'>>,
                        groups:
                            <<host/user groups|'sudo'>>)
                    packages(
                        <<host/packages 0|'lldpd'>>, 'snmpd')
                    service(
                        <<host/service 0|'lldpd'>>, running: true,
                        restartOn:
                            <<host/service restartOn|'/etc/bar.conf'>>)
                    timer(
                        <<host/timer 0|'probe'>>,
                        every:
                            <<host/timer every|'15m'>>,
                        run:
                            <<host/timer run|'/usr/bin/true'>>,
                        user:
                            <<host/timer user|'nobody'>>)
                    timer('nightly', run: '/usr/bin/true',
                        at:
                            <<host/timer at|'03:10'>>,
                        days:
                            <<host/timer days|'mon'>>)
                    sshd(rootLogin: KEYS,
                        allowUsers: ['admin',
                            <<host/sshd allowUsers|'ops'>>],
                        allowGroups:
                            <<host/sshd allowGroups|'sudo'>>)
                    bgp(as: 65001,
                        announce:
                            <<host/bgp announce|'10.1.0.0/16'>>)
                }
                host('a-app', os: LINUX, ssh: 'a-app',
                    gateway:
                        <<site/host gateway|'a-gw'>>) { nic('eth0', address: '10.1.0.9/16') }
            }
            site('f', lan: '10.9.0.0/16') {
                pair(
                        <<site/pair 0|'lb'>>, os: FREEBSD) {
                    host('f1', ssh: 'f1') {
                        nic('igb0', address: '10.9.0.11/16')
                        nic('igb1', address: '203.0.113.1/30')
                    }
                    host('f2', ssh: 'f2') {
                        nic('igb0', address: '10.9.0.12/16')
                        nic('igb1', address: '203.0.113.2/30')
                    }
                    firewall(policy: DROP,
                        skip: [
                            <<host/firewall skip|'lo0'>>],
                        log:
                            <<host/firewall log|'igb1'>>,
                        limits: [(
                            <<host/firewall limits|'states'>>): 1000]) { }
                }
                balance(
                    <<site/balance 0|'out'>>,
                    on:
                        <<site/balance on|'lb'>>,
                    inbound:
                        <<site/balance inbound|'igb0'>>,
                    from:
                        <<site/balance from|'10.9.0.0/16'>>,
                    to:
                        <<site/balance to|'10.8.0.0/24'>>,
                    over: [
                        <<site/balance over|'10.9.0.2'>>, '10.9.0.3'],
                    weights: [(
                        <<site/balance weights|'10.9.0.3'>>): 2])
            }
            site('h') { host('h-gw', os: FREEBSD, ssh: 'h') { nic('em0', address: '203.0.113.129/25') } }
            site('b', lan: '10.2.0.0/16') {
                host('b-gw', os: LINUX, ssh: 'b-gw') {
                    nic('eth0', address: '10.2.0.1/16')
                }
            }
            site('d', lan: '10.7.0.0/16') {
                host('d-gw', os: LINUX, ssh: 'd-gw') { bgp(as: 65002, announce: '10.7.0.0/16') }
            }
            tunnel(
                    <<fabric/tunnel 0|'wg0'>>,
                    psk: secret(
                        <<secret 0|'vpn/ab'>>)) {
                end(
                    <<tunnel/end 0|'a-gw'>>,
                    port: 5000,
                    address:
                        <<tunnel/end address|'10.255.0.1/30'>>,
                    endpoint:
                        <<tunnel/end endpoint|'192.0.2.65'>>)
                end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '198.51.100.2')
            }
            tunnels(
                    <<fabric/tunnels 0|'ab'>>,
                    count: 2, ports: 6000..6009, keepalive: 25,
                    transit:
                        <<fabric/tunnels transit|'10.254.0.0/24'>>) {
                end(
                    <<tunnels/end 0|'a-gw'>>,
                    endpoint:
                        <<tunnels/end endpoint|'192.0.2.65'>>)
                end('b-gw')
            }
            hub(
                    <<fabric/hub 0|'wg9'>>,
                    on:
                        <<fabric/hub on|'h-gw'>>,
                    port: 1337, keepalive: 25,
                    address:
                        <<fabric/hub address|'10.253.0.1/24'>>,
                    endpoint:
                        <<fabric/hub endpoint|'203.0.113.129'>>) {
                spoke(
                    <<hub/spoke 0|'b-gw'>>,
                    address:
                        <<hub/spoke address|'10.253.0.2/24'>>)
                peer(
                    <<hub/peer 0|'phone'>>,
                    publicKey:
                        <<hub/peer publicKey|'rBjgrfbK3PxbmQpdK1GqUGSBSOzI8o+XVRA0sRuImkI='>>,
                    address:
                        <<hub/peer address|'10.253.0.7'>>,
                    endpoint:
                        <<hub/peer endpoint|'phone.example:51820'>>,
                    allowed:
                        <<hub/peer allowed|'10.9.0.0/16'>>,
                    lan:
                        <<hub/peer lan|'10.77.0.0/24'>>)
            }
            group(
                <<fabric/group 0|'gateways'>>,
                hosts:
                    <<fabric/group hosts|'a-gw'>>)
            publish(
                <<fabric/publish 0|'web'>>,
                on:
                    <<fabric/publish on|'h-gw'>>,
                address:
                    <<fabric/publish address|'203.0.113.129'>>,
                tcp: 80,
                to:
                    <<fabric/publish to|'b-gw'>>)
            route(
                between: [
                    <<fabric/route between|'a'>>, 'b'],
                via: ['wg0',
                    <<fabric/route via|'ab'>>],
                weights: [(
                    <<fabric/route weights|'wg0'>>): 2],
                failover: WATCH,
                prefer:
                    <<fabric/route prefer|'wg0'>>,
                everythingFrom:
                    <<fabric/route everythingFrom|'10.1.7.0/24'>>)
            tunnel('wg5', keepalive: 25) {
                end('a-gw', port: 5005, address: '10.252.0.1/30')
                end('d-gw', port: 5005, address: '10.252.0.2/30', endpoint: '203.0.113.200')
            }
            tunnel('wg6', keepalive: 25) {
                end('a-gw', port: 5006, address: '10.252.0.5/30')
                peer(
                    <<tunnel/peer 0|'vendor'>>,
                    publicKey:
                        <<tunnel/peer publicKey|'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY='>>,
                    address:
                        <<tunnel/peer address|'10.252.0.6'>>,
                    endpoint:
                        <<tunnel/peer endpoint|'203.0.113.201:51820'>>,
                    site:
                        <<tunnel/peer site|'v'>>)
            }
            site('v', lan: '10.6.0.0/16') {}
            route(between: ['a', 'd'], via: 'wg5', protocol: BGP,
                hold: [(
                    <<fabric/route hold|'wg5'>>): 30])
        }
        '''.stripIndent()

    static final List<String> VALUES = [
        "a'b", 'a"b', 'a`touch BOOM`', '$(touch BOOM)', "'\$(touch BOOM)'", '${IFS}x', 'a;touch BOOM', 'a|touch BOOM', 'a&&touch BOOM', 'a>BOOM',
        'a\nb', 'a\rb', 'a\tb', 'a\u0000b', 'a\u001b[31mb', '!1', '-x', '--help', 'sixteen-letters1', 'é', '日本', '\u202eabc', 'a\u200bb', '../../etc/x',
        '/etc/x', '%s%n', ' a', 'a ', '', '*', '~root', '#x', 'a\\', 'a\\nb', '[a]', 'a,b', 'x' * 10_000, 'a=b', 'wg set %i private-key /x', '.', '..']

    static final Planner PLANNER = new Planner(Modules.all())

    @TempDir
    Path folder

    def setup() {
        Files.writeString(folder.resolve('data.csv'), 'name\nx\n')
        Files.writeString(folder.resolve('data.json'), '{}')
        Files.writeString(folder.resolve('part.groovy'), "site('c') { }\n")
    }

    static List<String> slots() {
        (BASE =~ /<<([^|]+)\|/).collect { List<String> it -> it[1] }
    }

    /** What the vocabulary says: every value without a name and every attribute that holds a text. */
    static Set<String> texts() {
        Set<String> out = []
        [script: InventoryScript, fabric: FabricSpec, site: SiteSpec, host: HostSpec, tunnel: TunnelSpec, tunnels: TunnelsSpec, hub: HubSpec].each { place, spec ->
            Vocabulary.of(spec).values().each { word ->
                String name = word.givesValue() ? word.name() : "$place/${word.name()}"
                word.arguments().each { types -> types.eachWithIndex { type, i -> if (type == String) out << "$name $i".toString() } }
                word.attributes().values().each { if (it.type() in [Object, String, List, Map]) out << "$name ${it.name()}".toString() }
            }
        }
        out
    }

    /** A Groovy literal that says exactly this. */
    static String literal(String value) {
        String text = value.replace('\\', '\\\\').replace("'", "\\'").replace('\n', '\\n').replace('\r', '\\r').replace('\u0000', '\\0')
        "'$text'"
    }

    /** The inventory with an expression at one place, and the line that it stands on. */
    private List inventory(String slot, String expression) {
        String marked = BASE.replace("<<$slot|", '<<HERE|')
        int line = marked.readLines().findIndexOf { it.contains('<<HERE|') } + 1
        String text = marked.replaceAll(/<<HERE\|[^>]*>>/) { expression }.replaceAll(/<<[^|]+\|([^>]*)>>/) { it[1] }
        [Files.writeString(folder.resolve('net.groovy'), text), line]
    }

    /** What gives the value: a literal at a few places for each value, else a file, with which one compiled inventory does for all. */
    private String expression(int slot, String value) {
        if ((VALUES.indexOf(value) - slot) % VALUES.size() in [0, 20]) return literal(value)
        Files.writeString(folder.resolve('hostile.json'), '{"value": "' + value.collect { sprintf('\\u%04x', (int) (it as char)) }.join() + '"}')
        "json('hostile.json').text('value')"
    }

    def 'every text of the language is looked at here'() {
        expect: 'a new word or attribute has to get its place above'
        slots().toSet() == texts()
        slots() == slots().unique(false)
    }

    def 'the inventory is right as it stands'() {
        expect:
        Inventory.load(Files.writeString(folder.resolve('net.groovy'), BASE.replaceAll(/<<[^|]+\|([^>]*)>>/) { it[1] }), Modules.limits()).render() == ''
    }

    def 'hostile at #slot: refused there, or carried exactly'() {
        when:
        def outcomes = VALUES.countBy { value -> outcome(slot, value, expression(slots().indexOf(slot), value)) }
        println "$slot: $outcomes"

        then:
        Files.list(folder).withCloseable { it.noneMatch { it.fileName.toString().contains('BOOM') } }
        !new File('BOOM').exists()

        where:
        slot << slots()
    }

    private String outcome(String slot, String value, String expression) {
        def (Path file, int line) = inventory(slot, expression)
        String told = "$slot = ${literal(value).take(60)}"
        def loaded = Inventory.load(file, Modules.limits(), ScriptCache.in(folder.resolve('compiled'), 'hostile'))
        String shown = CheckText.diagnostics(loaded.diagnostics(), loaded.sourceLine(), Paint.PLAIN)
        assert !(shown =~ /[\u0000-\u0008\u000b-\u001f\u202e\u200b]/).find(): "$told: on a terminal"
        assert shown.length() < 100_000: told
        if (loaded.fabric() == null) {
            // A name that may be one is refused where what was named so is referred to.
            assert loaded.diagnostics().any { it.at().line() in (line - 2)..line } || loaded.diagnostics().every { it.summary() =~ /^no [\w ,-]+ named/ }:
                    "$told: refused elsewhere than at $line:\n$shown"
            return 'refused'
        }
        def plan = BarePlan.of(loaded.fabric(), PLANNER, Selection.ALL)
        def texts = Rendering.of(plan)
        assert texts.keySet().every { it ==~ /[a-z0-9-]+\/(commands\.txt|files\/[\w.@\/+=\\-]+)/ }: "$told: ${texts.keySet()}"
        plan.values()*.items().flatten()*.steps().flatten().each { step ->
            if (step instanceof Step.Run) ([step.argv()] + step.undo()).each { argv -> assert parsed(argv.render()) == argv.words(): told }
        }
        texts.findAll { it.key.endsWith('/commands.txt') }.values().each { parses(it, told) }
        def whole = "${loaded.fabric()}${(loaded.fabric().hosts() + loaded.fabric().intents()).collect { all(it) }}"
        assert whole.contains(value.replaceAll(/^\[(.*)]$/, '$1')): "$told: is not what the fabric holds"
        'carried'
    }

    /** All that a record has: as a text some are their names. */
    private static String all(Record one) {
        one.class.recordComponents.collect { it.accessor.invoke(one) }.toString()
    }

    private static final Map<String, List<String>> WORDS = [:]
    private static final Set<String> PARSED = []

    /** What a real shell makes of a line: its words, each ended by a NUL. */
    private List<String> parsed(String line) {
        WORDS.computeIfAbsent(line) { fed("set -- $line\nprintf '%s\\0' \"\$@\"\n").split('\u0000', -1).toList().dropRight(1) }
    }

    private void parses(String script, String told) {
        if (!PARSED.add(script.sha256())) return
        def file = Files.writeString(folder.resolve('commands'), script)
        def shell = new ProcessBuilder('/bin/sh', '-n', file.toString()).redirectErrorStream(true).start()
        String said = shell.inputStream.text
        assert shell.waitFor() == 0: "$told: $said"
    }

    private String fed(String script) {
        def shell = new ProcessBuilder('/bin/sh').directory(folder.toFile()).redirectErrorStream(true).start()
        shell.outputStream.withCloseable { it.write(script.getBytes('UTF-8')) }
        String out = shell.inputStream.getText('UTF-8')
        assert shell.waitFor() == 0: out
        out
    }
}
