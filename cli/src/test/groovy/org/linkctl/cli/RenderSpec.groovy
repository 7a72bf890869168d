package org.linkctl.cli

import org.linkctl.cli.io.Terminal
import org.linkctl.cli.context.Installation

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Modules
import org.linkctl.plan.Planner

/** What `linkctl render` writes, also of shipped inventories with all modules. */
class RenderSpec extends InventorySpecification {
    def "render writes the same bytes every time, and only into its own folder"() {
        given:
        def out = folder.resolve('out')
        def foreign = Files.createDirectory(folder.resolve('foreign'))
        Files.writeString(foreign.resolve('precious'), 'x')
        def file = twoHosts()

        expect:
        toy.run('render', file, '-o', out.toString()) == 0
        toy.out == "2 hosts, 4 files in $out\n"
        Files.readString(out.resolve('one/commands.txt')) ==
                '# toy.file[toy]\ninstall -D -m 0644 files/etc/toy.conf /etc/toy.conf\n'
        Files.readString(out.resolve('one/files/etc/toy.conf')) == 'host = one\n'

        and: 'what is no more declared goes'
        toy.run('render', file, '-o', out.toString(), '--limit', 'two') == 0
        !Files.exists(out.resolve('one'))
        Files.exists(out.resolve('two/commands.txt'))

        and:
        toy.run('render', file, '-o', foreign.toString()) == 1
        toy.err.contains('holds what linkctl did not write')
        toy.run('render', file, '-o', foreign.toString(), '--overwrite') == 0
        Files.readString(foreign.resolve('precious')) == 'x'
        toy.run('render', file) == 1
        toy.err == 'linkctl render: which folder shall it write to? Say -o DIR\n'
    }

    def "render of #name with all modules: every file a command puts in place is there, twice the same"() {
        given:
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def inventory = "../inventories/${name}.groovy".toString()
        def tree = { Path root ->
            Files.walk(root).withCloseable { all ->
                all.filter { Files.isRegularFile(it) }
                        .toList()
                        .collectEntries { [(root.relativize(it).toString()): Files.readString(it)] }
            }
        }
        def render = { Path root ->
            def err = new StringWriter()
            def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()),
                    new PrintWriter(err), [] as Set, 80, [:])
            assert new Cli(terminal, parts).run('render', inventory, '-o', root.toString()) == 0, err.toString()
            tree(root)
        }

        when:
        Map files = render(folder.resolve('1'))

        then:
        files == render(folder.resolve('2'))
        files.keySet().containsAll(['a-gw/commands.txt', 'b-gw/commands.txt'])
        files.findAll { it.key.endsWith('commands.txt') }.every { path, text ->
            text.readLines().findAll { it.startsWith('install') }.every {
                files.containsKey(path - 'commands.txt' + it.split(' ')[4])
            }
        }
        files['a-gw/files/etc/wireguard/' + tunnel + '.conf'].contains('(known after apply)')

        where:
        name           | tunnel
        'ecmp'         | 'wg0'
        'ecmp-planned' | 'ab0'
        'lab'          | 'ab0'
        'ecmp-mixed'   | 'wg0'
    }

    def "render of freebsd-lb: both hosts have their firewall, the vip without its password, and the preferred one is master"() {
        given:
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def err = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()),
                new PrintWriter(err), [] as Set, 80, [:])
        def text = { String path -> Files.readString(folder.resolve('out').resolve(path)) }

        when:
        int status = new Cli(terminal, parts).run('render', '../inventories/freebsd-lb.groovy', '-o', folder.resolve('out').toString())

        then:
        status == 0
        text('lb1/files/etc/pf.conf') == Files.readString(Path.of('../modules/src/test/resources/pf/freebsd-lb.conf'))
        text('lb2/files/etc/pf.conf') == text('lb1/files/etc/pf.conf')
        text('lb1/files/etc/rc.conf.d/netif/linkctl-carp').contains('vhid 10 advbase 1 advskew 0 pass $linkctl_password')
        text('lb2/files/etc/rc.conf.d/netif/linkctl-carp').contains('vhid 10 advbase 1 advskew 100 pass $linkctl_password')
        text('lb1/files/etc/rc.conf.d/pfsync').contains('pfsync_syncpeer="172.31.255.2"')
        text('lb2/files/etc/rc.conf.d/pfsync').contains('pfsync_syncpeer="172.31.255.1"')
    }

    def 'check and render of firezone need neither the token nor the program, and the gateways differ by name and id alone'() {
        given:
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def out = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(out, true),
                new PrintWriter(new StringWriter()), [] as Set, 80, [:])
        def files = { String host ->
            def root = folder.resolve("out/$host/files")
            Files.walk(root).filter(Files::isRegularFile).toList().collectEntries { [root.relativize(it).toString(), Files.readString(it)] }
        }

        when:
        int checked = new Cli(terminal, parts).run('check', '../inventories/firezone.groovy')
        int rendered = new Cli(terminal, parts).run('render', '../inventories/firezone.groovy', '-o', folder.resolve('out').toString())
        def gw1 = files('gw1')
        def gw2 = files('gw2')

        then:
        [checked, rendered] == [0, 0]
        gw1.keySet().containsAll(['etc/linkctl/firezone/env', 'etc/linkctl/nftables/firezone.nft', 'etc/systemd/system/linkctl-firezone.service', 'usr/local/lib/linkctl/firezone-gateway'])
        gw1.keySet() == gw2.keySet()
        gw1.findAll { it.value != gw2[it.key] }.keySet() == ['etc/linkctl/firezone/env'] as Set
        (gw1['etc/linkctl/firezone/env'].readLines() - gw2['etc/linkctl/firezone/env'].readLines()).collect { it.takeBefore('=') } == ['FIREZONE_ID', 'FIREZONE_NAME']
        gw1['etc/linkctl/firezone/token'] == '(hidden)\n'
        !gw1.any { it.value.contains('FIREZONE_TOKEN=') }
        gw1['etc/systemd/system/linkctl-firezone.service'].contains('LoadCredential=FIREZONE_TOKEN:/etc/linkctl/firezone/token\n')
    }

    def "render of #inventory: both routers publish, and no key is in any file"() {
        given:
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()), [] as Set, 80, [:])
        def text = { String path -> Files.readString(folder.resolve('out').resolve(path)) }

        when:
        int status = new Cli(terminal, parts).run('render', "../inventories/${inventory}.groovy", '-o', folder.resolve('out').toString())

        then:
        status == 0
        rules == null || text(rules) == Files.readString(Path.of('../modules/src/test/resources/pf/ha-web-freebsd.conf'))
        text("fw2/files/$same") == text("fw1/files/$same")
        text('fw1/files/etc/wireguard/wg0.conf') == text('fw2/files/etc/wireguard/wg0.conf')
        text('fw1/files/etc/wireguard/wg0.conf').contains('AllowedIPs = 10.0.0.3/32, fc00::3/128')
        text('web-ch/files/etc/wireguard/wg0.conf').contains('AllowedIPs = 10.0.0.0/24, fc00::/64\n# Endpoint by name: fw.example:1337\nPersistentKeepalive = 25\n')
        text('fw1/files/usr/local/lib/linkctl/watch-published').contains(watched)
        !Files.walk(folder.resolve('out')).filter(Files::isRegularFile).anyMatch { Files.readString(it).contains('PrivateKey') }

        where:
        inventory        | rules                    | same                            | watched
        'ha-web-freebsd' | 'fw1/files/etc/pf.conf'  | 'etc/pf.conf'                   | 'linkctl_web_inet6 first 80@fc00::2 80@fc00::3\n'
        'ha-web'         | null                     | 'etc/linkctl/nftables/publish.nft' | 'of_web_6 1 first 80@fc00::2 80@fc00::3\n'
    }

    def "render of #inventory: #host announces its LAN over its tunnels, and takes the far one's alone"() {
        given:
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()), [] as Set, 80, [:])

        when:
        int status = new Cli(terminal, parts).run('render', "../inventories/${inventory}.groovy", '-o', folder.resolve('out').toString())
        def lines = Files.readAllLines(folder.resolve('out').resolve(host).resolve('files/etc/frr/frr.conf'))*.strip()

        then:
        status == 0
        lines.findAll { it =~ /^(?:ip|ipv6) prefix-list / } == ["ip prefix-list LINKCTL-OUT permit $near", "ip prefix-list LINKCTL-IN-$site permit $far"]
        lines.findAll { it =~ /^(?:router bgp|network|neighbor \S+ remote-as) / } == ["router bgp $as"] + peers.collect { "neighbor $it remote-as $theirs" } + ["network $near"]
        lines.findAll { it =~ /^neighbor \S+ (?:bfd$|route-map)/ } == peers.collect { "neighbor $it bfd" } +
            peers.collectMany { ["neighbor $it route-map LINKCTL-IN-$site in", "neighbor $it route-map LINKCTL-OUT out"] }

        where:
        inventory | host   | as    | near          | peers                          | theirs | site  | far
        'vpn-bgp' | 'vpn2' | 65001 | '10.1.0.0/16' | ['10.255.2.2']                 | 65002  | 'dc2' | '10.9.0.0/24'
        'vpn-bgp' | 'far4' | 65002 | '10.9.0.0/24' | ['10.255.4.1']                 | 65001  | 'dc1' | '10.1.0.0/16'
        'prod'    | 'vpn2' | 65001 | '10.1.0.0/16' | ['10.254.21.2', '10.254.22.2'] | 65002  | 'dc2' | '10.9.0.0/24'
    }
}
