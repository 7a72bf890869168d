package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** `linkctl drain` and `linkctl undrain`: what they do, refuse and say, on hosts in memory with a module that spreads traffic. */
class DrainSpec extends Specification {
    static final String MARKS = '/var/lib/linkctl/drained'

    @TempDir
    Path folder

    def toy = new Toy(modules: [new SpreadModule()], width: 400)

    String inventory(List<String> tunnels = ['ab0', 'ab1']) {
        def text = """fabric('net') {
            site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'admin@192.0.2.1') { nic('eth0', address: '10.1.0.1/16') } }
            site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'admin@192.0.2.2') { nic('eth0', address: '10.2.0.1/16') } }
            site('c') { host('c-gw', os: LINUX, ssh: 'admin@192.0.2.5') }
            site('ch') { host('web-ch', os: LINUX, ssh: 'admin@192.0.2.3') }
            site('de') { host('web-de', os: LINUX, ssh: 'admin@192.0.2.4') }
            ${tunnels.withIndex().collect { it, n -> "tunnel('$it', keepalive: 25) { end('a-gw', port: ${5000 + n}, address: '10.255.$n.1/30'); end('b-gw', port: ${5000 + n}, address: '10.255.$n.2/30', endpoint: '192.0.2.2') }" }.join('\n            ')}
            route(between: ['a', 'b'], via: [${tunnels.collect { "'$it'" }.join(', ')}])
            hub('wg9', on: 'a-gw', port: 1337, address: '10.0.0.1/24', endpoint: '192.0.2.1', keepalive: 25) {
                spoke('web-ch', address: '10.0.0.2/24'); spoke('web-de', address: '10.0.0.3/24')
            }
            publish('web', on: 'a-gw', address: '10.1.0.1', tcp: 443, to: ['web-ch', 'web-de'])
        }
        """
        Files.writeString(folder.resolve('net.groovy'), text).toString()
    }

    def applied(List<String> tunnels = ['ab0', 'ab1']) {
        def file = inventory(tunnels)
        int status = toy.run('apply', file, '--yes')
        assert status == 0: toy.out + toy.err
        toy.steps.clear()
        file
    }

    String marked(String host, String path) { toy.hosts[host]["$MARKS/$path".toString()] }

    def 'a tunnel leaves its routes at both ends, and comes back; plan, apply and verify leave it so and say who did it'() {
        given:
        def file = applied()

        expect:
        toy.run('drain', 'ab0', file) == 0
        toy.out == 'ab0 is drained: a-gw, b-gw. It stays so, after a boot, too, until `linkctl undrain`.\n'
        ['a-gw', 'b-gw'].every { toy.hosts[it]['/etc/spread'].readLines()[0] == 'ab1' }
        ['a-gw', 'b-gw'].every { marked(it, 'ab0') ==~ /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ by \S+@.* with net\n/ }
        !toy.hosts['web-ch'].keySet().any { it.startsWith(MARKS) }

        and: 'no plan takes it back'
        toy.run('plan', file, '--detailed-exitcode') == 0
        (toy.out + toy.err).contains('tunnel ab0 is drained by ')
        toy.run('apply', file, '--yes') == 0
        toy.hosts['a-gw']['/etc/spread'].readLines()[0] == 'ab1'
        toy.run('verify', file) == 0
        toy.out =~ /tunnel ab0.*drained by .* since \d{4}-/

        and: 'once more changes nothing, not even the time'
        toy.steps.clear() == null
        toy.run('drain', 'ab0', file) == 0
        toy.out.startsWith('ab0 is drained already.\n')
        toy.out.contains('a-gw: tunnel ab0 is drained by ')
        toy.steps == []

        and:
        toy.run('undrain', 'ab0', file) == 0
        toy.out == 'ab0 is in service again: a-gw, b-gw.\n'
        ['a-gw', 'b-gw'].every { toy.hosts[it]['/etc/spread'].readLines()[0] == 'ab0 ab1' && marked(it, 'ab0') == null }
        toy.run('undrain', 'ab0', file) == 0
        toy.out == 'ab0 is not drained.\n'
    }

    def 'a host that is published is known to the host that publishes, by its name or its site: #name'() {
        given:
        def file = applied()

        expect:
        toy.run('drain', name, file) == 0
        marked('a-gw', 'place:web-ch') != null
        marked('b-gw', 'place:web-ch') == null
        toy.run('plan', file, '--detailed-exitcode') == 0
        toy.run('drain', 'web-de', file) == 4
        (toy.out + toy.err).contains('publish web would have nothing else to go over: the rest is dead, or drained')
        marked('a-gw', 'place:web-de') == null
        toy.run('undrain', name, file) == 0
        marked('a-gw', 'place:web-ch') == null

        where:
        name << ['web-ch', 'ch']
    }

    def 'the last path is refused, and what is dead is no other one; --force does it'() {
        given:
        def file = applied()
        if (dead) ['a-gw', 'b-gw'].each { toy.hosts[it]['/etc/dead'] = 'ab1' }
        if (!dead) assert toy.run('drain', 'ab1', file) == 0
        toy.steps.clear()

        expect:
        toy.run('drain', 'ab0', file) == 4
        (toy.out + toy.err).contains('the route a-b would have nothing else to go over: the rest is dead, or drained')
        toy.err.contains('Nothing was changed.')
        toy.steps == []
        toy.run('drain', 'ab0', file, '--force') == 0
        marked('a-gw', 'ab0') != null

        where:
        dead << [false, true]
    }

    def 'the only one is refused'() {
        expect:
        toy.run('drain', 'ab0', applied(['ab0'])) == 4
        (toy.out + toy.err).contains('the route a-b would have nothing else to go over')
        toy.err.contains('Nothing was changed. Where nothing else is left to go over, --force does it all the same.')
    }

    def 'both ends or none: where one cannot be reached nothing is changed, but with --force'() {
        given:
        def file = applied()
        toy.unreachable << 'b-gw'

        expect:
        toy.run('drain', 'ab0', file) == 3
        toy.steps == []
        toy.run('drain', 'ab0', file, '--force') == 3
        marked('a-gw', 'ab0') != null
    }

    def 'where the host differs from the inventory in what would be changed, that is said and nothing is done'() {
        given:
        def file = applied()
        toy.hosts['b-gw']['/etc/spread'] = 'by hand\n'

        expect:
        toy.run('drain', 'ab0', file) == 4
        (toy.out + toy.err).contains('differs from the inventory for other reasons: /etc/spread; `linkctl apply` first')
        toy.steps == []
    }

    def 'a step that fails leaves neither the mark nor a half of it, and the status says so'() {
        given:
        def file = applied()
        toy.failing << 'b-gw'

        expect:
        toy.run('drain', 'ab0', file) == 5
        (toy.out + toy.err).contains('b-gw')
    }

    def 'what cannot be drained: #name'() {
        expect:
        toy.run('drain', name, applied()) == 1
        toy.err.contains(message)

        where:
        name   | message
        'ab2'  | "no 'ab2'; did you mean 'ab0'?"
        'ab'   | "'ab' is several tunnels; one of them can be drained, such as ab0"
        'c-gw' | "'c-gw' is a host that nothing else can stand in for: of no pair with a vip, not published, and with no tunnel of a route"
        'b'    | "'b' is a site of which nothing is published"
        'x'    | "no 'x'; what can be drained: ab0, ab1, a-gw, b-gw, web-ch, web-de"
    }

    def 'the mark of a tunnel that is no longer declared goes with the next apply, shown in its plan'() {
        given:
        def file = applied(['ab0', 'ab1', 'ab2'])
        assert toy.run('drain', 'ab2', file) == 0
        inventory(['ab0', 'ab1'])

        expect:
        toy.run('plan', file) == 0
        toy.out.contains("- $MARKS/ab2")
        toy.run('apply', file, '--yes') == 0
        marked('a-gw', 'ab2') == null
    }

    def 'a mark that another inventory has set is left alone'() {
        given:
        def file = applied()
        toy.hosts['a-gw']["$MARKS/wg7".toString()] = '2026-11-29T04:00:00Z by ops@desk with other\n'

        expect:
        toy.run('plan', file, '--detailed-exitcode') == 0
        (toy.out + toy.err).contains('tunnel wg7 is drained by ops@desk since 2026-11-29T04:00:00Z')
        toy.run('apply', file, '--yes') == 0
        marked('a-gw', 'wg7') != null
    }
}
