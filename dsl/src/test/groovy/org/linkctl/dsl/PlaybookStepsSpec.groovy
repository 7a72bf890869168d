package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.model.Fabric
import org.linkctl.playbook.Action

/** Which hosts the steps of a playbook are for, in which order they are done, and what of them may be done together. */
class PlaybookStepsSpec extends PlaybookReading {
    def 'a group and a tag stand for their hosts'() {
        given:
        Path file = folder.resolve('grouped.groovy')
        Files.writeString(file, """fabric('x') {
            site('a') {
                host('one', os: LINUX, ssh: '192.0.2.1', tags: 'spare')
                pair('lb', os: FREEBSD) { host('lb1', ssh: '192.0.2.2'); host('lb2', ssh: '192.0.2.3') }
            }
            site('b') { host('two', os: LINUX, ssh: '192.0.2.4') }
            group('front', hosts: ['lb', 'b'])
        }""")
        def grouped = Inventory.load(file, Limits.ALL).fabric()

        expect:
        actions("verify(hosts: ['front', 'spare'])", [:], grouped).first().hosts()*.name() == ['lb1', 'lb2', 'two', 'one']
        actions("verify(hosts: groups.find { it.name() == 'front' })", [:], grouped).first().hosts()*.name() == ['lb1', 'lb2', 'two']
        actions('groups.each { say "$it ${it.members()}" }', [:], grouped)*.text().sort() == ['front [lb, b]', 'spare [one]']
        actions("Pair p = pairParameter('p', about: 'x')\nverify(hosts: p)", [p: 'lb'], grouped).first().hosts()*.name() == ['lb1', 'lb2']
        actions("Pair p = pairParameter('p', about: 'x', default: pairs.first())\nverify(hosts: p)", [:], grouped).first().hosts()*.name() == ['lb1', 'lb2']
        actions("Site s = siteParameter('s', about: 'x', default: 'b')\nverify(hosts: s)", [:], grouped).first().hosts()*.name() == ['two']
        actions("Site s = siteParameter('s', about: 'x', default: sites.last())\nverify(hosts: s)", [s: 'a'], grouped).first().hosts()*.name() == ['one', 'lb1', 'lb2']
        read("Pair p = pairParameter('p', about: 'x')\nverify(hosts: p)", [p: 'lbb'], grouped).diagnostics()*.summary() == ["p: expected the name of a pair, got 'lbb'"]
        read("List<Host> p = hostsParameter('p', about: 'x')\nverify(hosts: p)", [p: 'one, lb2,twoo'], grouped).diagnostics()[0].with { it.detail().startsWith("no 'twoo'; known: ") && it.suggestion() == "'two'" }
        read("Pair p = pairParameter('p', about: 'x', default: 'lbb')\nverify(hosts: p)", [:], grouped).render().contains("no pair 'lbb' in the inventory; did you mean 'lb'?")
        read("Site s = siteParameter('s', about: 'x', default: hosts.first())\nverify(hosts: s)", [:], grouped).render().contains('default: expected a site of the inventory, or its name, got one')
        read("pairParameter('p', about: 'x')\nsay 'x'").render().contains('p: the inventory has no pair')
        read("verify(hosts: 'frond')", [:], grouped).render().contains("no host, pair, group or site 'frond' in the inventory; did you mean 'front'?")
    }

    def 'hosts are named as themselves, by name, by pair and by site'() {
        given:
        Fabric pair = Inventory.load(Path.of('../inventories/ha-web.groovy'), Limits.ALL).fabric()

        expect:
        actions("verify(hosts: $hosts)", [:], pair)[0].hosts()*.name() == names

        where:
        hosts                                      || names
        "'fw1'"                                    || ['fw1']
        'hosts.first()'                            || ['fw1']
        'pairs'                                    || ['fw1', 'fw2']
        "[pairs.first(), 'web-de']"                || ['fw1', 'fw2', 'web-de']
        "hosts.findAll { it.name() =~ 'web' }"     || ['web-ch', 'web-de']
    }

    def 'steps of several hosts are done side by side, and never on all that stand in for each other'() {
        given:
        Fabric pair = Inventory.load(Path.of('../inventories/ha-web.groovy'), Limits.ALL).fabric()

        when:
        def reboots = actions('eachHost(serial: 9) { host -> say "to ${host.name()}"; reboot(host) }', [:], pair)
                .findAll { it instanceof Action.Reboot }

        then: 'neither both of the pair, nor both that the website is published to'
        reboots*.hosts().collect { it*.name() } == [['fw1', 'web-ch'], ['fw2', 'web-de']]
    }

    def 'what does not depend on the host is done as often as it is written: #step'() {
        when:
        def tasks = read("eachHost(serial: 2, among: ['a-gw', 'a-app']) { host -> $step }").playbook().tasks()

        then:
        tasks*.action()*.class*.simpleName == done
        tasks*.action().findAll { it instanceof Action.Reboot }*.hosts().every { it.unique(false) == it }

        where:
        step                                                  || done
        "command('b-gw', ['logger', 'one more'])"             || ['Run'] * 2
        "say 'x'"                                             || ['Say'] * 2
        "ask 'x?'"                                            || ['Ask'] * 2
        "apply(hosts: 'b')"                                   || ['Apply'] * 2
        "measure('m')"                                        || ['Measure'] * 2
        "reboot('a-app')"                                     || ['Reboot'] * 2
        "reboot(host); reboot('b-gw')"                        || ['Reboot', 'Reboot', 'Reboot']
        "reboot(host)"                                        || ['Reboot']
        "verify()"                                            || ['Verify']
        "waitForHealth()"                                     || ['WaitForHealth']
        "waitFor('b-gw', ['true'])"                           || ['WaitFor']
        "drain('wg0'); verify(); undrain('wg0')"              || ['Drain', 'Verify', 'Undrain']
    }

    def 'steps are one only where their login is, and are then of the part around those that differ'() {
        when:
        def tasks = read("""eachHost(serial: 2, among: ['a-gw', 'a-app']) { host ->
            step("of \${host.name()}", login: host.name() == 'a-gw' ? '$other' : 'admin') { reboot(host); verify() }
        }""").playbook().tasks()

        then:
        tasks*.login() == logins
        tasks.findAll { it.action() instanceof Action.Reboot }*.action()*.hosts().collect { it*.name() } == hosts
        tasks*.parts()*.last() == parts

        where:
        other   || logins                               | hosts               | parts
        'root'  || ['root', 'admin', 'root', 'admin']   | [['a-gw'], ['a-app']] | ['of a-gw', 'of a-app', 'of a-gw', 'of a-app']
        'admin' || ['admin', 'admin']                   | [['a-gw', 'a-app']] | ['a-gw, a-app'] * 2
    }

    def 'what depends on the same answer is done once as well'() {
        when:
        def tasks = read("when('b-gw', ['true']) { eachHost(serial: 2, among: ['a-gw', 'a-app']) { host -> verify(); reboot(host) } }").playbook().tasks()

        then:
        tasks*.action()*.class*.simpleName == ['Verify', 'Reboot', 'Reboot']
    }

    def 'a condition is asked by the login around it'() {
        expect:
        read("when('a-gw', ['true']) { step('s', login: 'root') { when('a-gw', ['true']) { say 'x' } } }").playbook().tasks().first().conditions()*.login() == ['', 'root']
    }

    def 'iperf3 serves one at a time: #steps'() {
        expect:
        read(steps).diagnostics()*.summary() == said

        where:
        steps                                                                                                       || said
        "watch('w', from: 'a-gw', to: 'b-gw', tcp: true); measure('m'); outage('w')"                                || ["measure: b-gw serves 'w' then, which has tcp: true"]
        "watch('w', from: 'a-gw', to: 'b-gw', tcp: true); outage('w'); measure('m')"                                || []
        "watch('w', from: 'a-gw', to: 'b-gw'); measure('m'); outage('w')"                                           || []
        "watch('w', from: 'a-gw', to: 'b-gw', tcp: true); watch('v', from: 'a-gw', to: 'b-gw', tcp: true)"          || ["watch: b-gw serves 'w' then, which has tcp: true"]
        "watch('w', from: 'a-gw', to: 'b-gw', tcp: true); watch('v', from: 'b-gw', to: 'a-gw', tcp: true)"          || []
        "watch('w', from: 'b-gw', to: 'a-gw', tcp: true); watch('x', from: 'a-gw', to: 'b-gw', tcp: true); watch('v', from: 'a-gw', to: 'b-gw', tcp: true)" || ["watch: b-gw serves 'x' then, which has tcp: true"]
        "watch('w', from: 'a-gw', to: 'b-gw', tcp: true); always { outage('w'); measure('m') }"                     || []
        "measure('m', flows: 129, seconds: 301)"                                                                    || ['flows: expected 1 to 128, got 129', 'seconds: expected 1 to 300, got 301']
    }

    def 'at once are so many, or a share of each site: #serial'() {
        given:
        Path inventory = folder.resolve('many.groovy')
        Files.writeString(inventory, """fabric('many') {
            for (s in ['a', 'b']) site(s, lan: "10.\${s == 'a' ? 1 : 2}.0.0/16") {
                for (n in 1..(s == 'a' ? 4 : 2)) host("\$s\$n", os: LINUX, ssh: "\$s\${n}.example")
            }
        }
        """)
        def loaded = Inventory.load(inventory, Limits.ALL)
        assert loaded.fabric() != null : loaded.render()

        expect:
        actions("eachHost(serial: $serial) { host -> reboot(host) }", [:], loaded.fabric())*.hosts().collect { it*.name() } == batches

        where:
        serial  || batches
        '3'     || [['a1', 'a2', 'a3'], ['a4', 'b1', 'b2']]
        "'3'"   || [['a1', 'a2', 'a3'], ['a4', 'b1', 'b2']]
        "'50%'" || [['a1', 'a2', 'b1'], ['a3', 'a4', 'b2']]
        "'10%'" || [['a1', 'b1'], ['a2', 'b2'], ['a3'], ['a4']]
    }

    def 'steps that depend on what a host answers know it, and reboots of them are not joined'() {
        when:
        def tasks = read("eachHost(serial: 9) { host -> when(host, ['test', '-e', '/x']) { when(host, ['true'], status: 1) { reboot(host) } } }", [:]).playbook().tasks()

        then:
        tasks*.action()*.hosts().collect { it*.name() } == [['a-gw'], ['a-app'], ['b-gw']]
        tasks.every { it.conditions()*.question()*.render() == ['test -e /x', 'true'] }
        tasks*.conditions()*.first()*.number().unique().size() == 3
    }

    def 'what a step began may go on at the end, whatever step ends it: #steps'() {
        expect:
        read("watch('w', from: 'a-gw', to: 'b-gw')\n$steps").render().contains("no ping 'w' has begun") == refused
        read("watch('w', from: 'a-gw', to: 'b-gw')\n$steps").render().contains("a ping 'w' has begun before") == twice

        where:
        steps                                                                    || refused | twice
        "outage('w'); onFailure { outage('w') }; always { outage('w') }"         || false   | false
        "outage('w'); watch('w', from: 'b-gw', to: 'a-gw'); outage('w')"         || false   | false
        "outage('w'); outage('w')"                                               || true    | false
        "always { outage('w'); outage('w') }"                                    || true    | false
        "outage('w'); always { watch('w', from: 'b-gw', to: 'a-gw') }"           || false   | true
        "always { watch('x', from: 'b-gw', to: 'a-gw'); outage('x') }"           || false   | false
    }

    def 'things of the inventory are their names in a text'() {
        expect:
        actions('say "\${hosts.first()} \${hosts} \${tunnels.first()} \${sites} \${routes}"')*.text() ==
                ['a-gw [a-gw, a-app, b-gw] wg0 [a, b] [a and b]']
    }

    def 'steps are numbered through, with what is done at the end behind them'() {
        when:
        def playbook = read("always { say 'z' }\nonFailure { say 'y' }\nsay 'a'\nstep('t') { say 'b' }").playbook()

        then:
        playbook.tasks()*.number() == [1, 2]
        playbook.tasks()*.title() == ['', 't']
        playbook.onFailure()*.number() == [3]
        playbook.always()*.number() == [4]
    }

    def 'the hosts that have to change with new ones: #what'() {
        given:
        Fabric fabric = Inventory.load(Path.of("../inventories/${file}.groovy"), Limits.ALL).fabric()

        expect:
        actions("linkedTo($what).each { say it.name() }\nsay 'end'", [:], fabric)*.text() - 'end' == linked

        where:
        file           | what                                              || linked
        'ecmp'         | "hosts.find { it.name() == 'b-gw' }"              || ['a-gw', 'a-app']
        'ecmp'         | "sites.find { it.name() == 'b' }"                 || ['a-gw', 'a-app']
        'ecmp'         | "sites.find { it.name() == 'a' }"                 || ['b-gw']
        'ecmp'         | "hosts"                                           || []
        'ecmp'         | "'b-gw'"                                          || ['a-gw', 'a-app']
        'ecmp'         | "'a'"                                             || ['b-gw']
        'ecmp'         | "['a-gw', sites.find { it.name() == 'b' }]"       || ['a-app']
        'ha-web'       | "hosts.findAll { it.name() == 'web-ch' }"         || ['fw1', 'fw2']
        'ha-web'       | "hosts.find { it.name() == 'fw1' }"               || ['fw2', 'web-ch', 'web-de']
    }
}
