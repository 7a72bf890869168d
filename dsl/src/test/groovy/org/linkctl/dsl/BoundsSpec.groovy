package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.dsl.read.RunLimits
import org.linkctl.dsl.read.ScriptCache
import org.linkctl.plan.ModuleNames
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

/** An inventory that never ends, or asks for ever more memory, is stopped and told by its line. */
class BoundsSpec extends Specification {
    static final RunLimits SMALL = new RunLimits(1, 100)
    /** So that the time does not end while a file with several errors is compiled, once for each round. */
    static final RunLimits LARGER = new RunLimits(2, 100)

    @TempDir
    Path folder

    @Unroll('#what')
    def 'it is stopped at the line where it was'(String what, String text, int line, String said) {
        given:
        Path file = folder.resolve('x.groovy')
        Files.writeString(file, "fabric('x') {\n$text\n}\nvoid again(int n) { while (n < 10) { n = (n + 1) % 3 } }\nint deeper(int n) { deeper(n + 1) }\n".toString())
        Files.writeString(folder.resolve('part.groovy'), "int n = 0\nwhile (n >= 0) { n = 1 - n }\n")

        when:
        Loaded loaded = Inventory.load(file, Limits.ALL, ScriptCache.NONE, SMALL)

        then:
        loaded.fabric() == null
        loaded.diagnostics().size() == 1
        with(loaded.diagnostics().first()) {
            at().line() == line
            summary().contains(said)
        }
        loaded.render().contains('^')

        where:
        what                     | text                                                           | line || said
        'a loop'                 | 'int n = 0\nwhile (true) { n++ }'                              | 3    || 'computed for 1 second'
        'words in a loop'        | 'int i = 0\nwhile (i >= 0) { site("s$i") { }; i = 1 - i }'     | 3    || 'computed for 1 second'
        'a method of the file'   | 'again(0)'                                                     | 4    || 'computed for 1 second'
        'arithmetic'             | 'def a = 1\ndef b = 3 ** 40_000_000'                           | 3    || 'computed for 1 second'
        'an included file'       | "include 'part.groovy'"                                        | 2    || 'computed for 1 second'
        'a list that only grows' | "def all = []\nwhile (true) { all << 'x' * 1000 }"             | 3    || 'MiB in memory'
        'a text of two gigabyte' | "def all = 'x' * 2_000_000_000"                                | 2    || 'memory'
        'a method without end'   | 'deeper(0)'                                                    | 5    || 'calls itself without an end'
    }

    def 'what was found before it was stopped is told as well, with its lines'() {
        given:
        String wrong = "new File('/etc/passwd')\n'id'.execute()\nThread.sleep(5)\nwhile (true) { }\n"
        Path inventory = Files.writeString(folder.resolve('i.groovy'), "fabric('x') {\ntunnel('wg0', psk: 'hunter2') { }\n$wrong}\n")
        Path playbook = Files.writeString(folder.resolve('p.groovy'), "playbook('p', about: 'x') {\nreboot('nobody')\n$wrong}\n")
        def fabric = Inventory.load(Path.of('../inventories/ecmp.groovy'), Limits.ALL).fabric()

        when:
        def stopped = [Inventory.load(inventory, Limits.ALL, ScriptCache.NONE, LARGER),
                       Playbooks.load(playbook, fabric, [:], ModuleNames.UNKNOWN, ScriptCache.NONE, LARGER)]

        then:
        stopped.every { loaded ->
            assert loaded.diagnostics()*.at()*.line().unique() == [2, 3, 4, 5, 6]
            assert loaded.diagnostics().last().summary().contains('computed for 2 seconds')
            assert loaded.render().count('^') == loaded.diagnostics().size()
            true
        }
        !stopped[0].render().contains('hunter2')
        stopped[1].render().contains("no host, pair, group or site 'nobody' in the inventory")
    }

    def 'what follows from a value that was not given is not told of a playbook that is stopped'() {
        given:
        Path file = Files.writeString(folder.resolve('p.groovy'), "playbook('p', about: 'x') {\nString who = textParameter('who', about: 'x')\nreboot(who)\nwhile (true) { }\n}\n")
        def fabric = Inventory.load(Path.of('../inventories/ecmp.groovy'), Limits.ALL).fabric()

        expect:
        Playbooks.load(file, fabric, [:], ModuleNames.UNKNOWN, ScriptCache.NONE, LARGER).diagnostics()*.at()*.line() == [4]
    }

    def 'what takes no time to speak of is not stopped'() {
        given:
        Path file = folder.resolve('x.groovy')
        Files.writeString(file, '''
            fabric('x') {
                site('a', lan: '10.0.0.0/8') {
                    for (i in 0..<1000) { host("h$i", os: LINUX, ssh: "h${i}.example") { nic('eth0', address: "10.0.${i.intdiv(250)}.${i % 250 + 1}/8") } }
                }
            }
        '''.stripIndent())

        expect:
        Inventory.load(file, Limits.ALL).fabric().hosts().size() == 1000
    }
}
