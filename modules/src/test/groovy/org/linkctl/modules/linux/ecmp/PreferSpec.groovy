package org.linkctl.modules.linux.ecmp

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Case
import org.linkctl.modules.freebsd.ecmp.EcmpModule as FreebsdEcmpModule
import org.linkctl.modules.freebsd.ecmp.EcmpScript as FreebsdEcmpScript
import spock.lang.Specification
import spock.lang.TempDir

/** The scripts of a route whose tunnels are used in order, run here with an ip(8) and a route(8) of ours that tell what they are told. */
class PreferSpec extends Specification {
    @TempDir Path folder

    private static want(module, String name) {
        new Case(new File(Case.folder(), "${module.name()}/$name"), module).wants.first()
    }

    private void program(String name, String body) {
        def file = Files.createDirectories(folder.resolve('bin')).resolve(name)
        Files.writeString(file, "#!/bin/sh\n$body\n".toString())
        file.toFile().executable = true
    }

    private void marks(Map<String, List<String>> marks) {
        marks.each { kind, tunnels -> tunnels.each { Files.createFile(Files.createDirectories(folder.resolve("state/$kind")).resolve(it)) } }
    }

    private void run(String text) {
        def script = folder.resolve('route')
        Files.writeString(script, text)
        def process = new ProcessBuilder('/bin/sh', script.toString(), 'apply').redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0 && said == ''
    }

    def 'Linux: dead #dead, drained #drained, down #down: over #over'() {
        given:
        def want = want(new EcmpModule(), 'create-prefer')
        marks(dead: dead, drained: drained, down: down)
        want.hops()*.tunnel().each { Files.writeString(Files.createDirectories(folder.resolve("net/$it")).resolve('flags'), '0x1\n') }
        program('ip', "case \$* in 'nexthop bucket '*) exit 255 ;; *' route replace '*) echo \"\$*\" >>$folder/log ;; esac")

        when:
        run(EcmpScript.text(want).replace('run=/run/linkctl', "run=$folder/state").replace('/sys/class/net', "$folder/net")
                .replace('PATH=/usr/sbin', "PATH=$folder/bin:/usr/sbin").replaceAll(/has [0-9a-f.:]+( && )?/, '').replace('arrived() { ; }', 'arrived() { true; }'))

        then:
        def lines = Files.readAllLines(folder.resolve('log'))
        lines.size() == 2
        lines.every { (it =~ /dev (wg[0-9])/).collect { List<String> found -> found[1] } == over }

        where:
        dead                  | drained | down            || over
        []                    | []      | []              || ['wg1']
        ['wg1']               | []      | []              || ['wg0']
        []                    | ['wg1'] | []              || ['wg0']
        []                    | []      | ['wg1']         || ['wg0']
        ['wg1']               | ['wg0'] | []              || ['wg2']
        ['wg1', 'wg0']        | []      | []              || ['wg2']
        ['wg0']               | []      | []              || ['wg1']
        ['wg0', 'wg1', 'wg2'] | []      | []              || ['wg1']
        ['wg0', 'wg2']        | []      | ['wg1']         || ['wg0']
    }

    def 'FreeBSD: dead #dead, down #down: #added comes, then #gone goes'() {
        given:
        def want = want(new FreebsdEcmpModule(), 'create-prefer')
        marks(dead: dead, down: down)
        program('lockf', 'shift 2; exec "$@"')
        program('ifconfig', 'echo "$1: flags=80c1<UP,RUNNING>"')
        program('route', "echo \"\$2 \$4 \$5\" >>$folder/log")

        when:
        run(FreebsdEcmpScript.text(want).replaceAll(/run=\S+/, "run=$folder/state").replace('PATH=/sbin', "PATH=$folder/bin:/sbin")
                .replace('exec lockf', "exec sh $folder/bin/lockf").replace('"$0" locked', 'sh "$0" locked'))

        then:
        Files.readAllLines(folder.resolve('log')) == added.collect { "add $it".toString() } + gone.collect { "delete $it".toString() }

        where:
        dead           | down    || added                                              | gone
        []             | []      || ['10.5.6.0/24 10.255.0.6', 'fd00:b::/64 fd00:ff::6'] | ['10.5.6.0/24 10.255.0.2', 'fd00:b::/64 fd00:ff::2']
        ['wg1']        | []      || ['10.5.6.0/24 10.255.0.2', 'fd00:b::/64 fd00:ff::2'] | ['10.5.6.0/24 10.255.0.6', 'fd00:b::/64 fd00:ff::6']
        []             | ['wg1'] || ['10.5.6.0/24 10.255.0.2', 'fd00:b::/64 fd00:ff::2'] | ['10.5.6.0/24 10.255.0.6', 'fd00:b::/64 fd00:ff::6']
        ['wg0', 'wg1'] | []      || ['10.5.6.0/24 10.255.0.6', 'fd00:b::/64 fd00:ff::6'] | ['10.5.6.0/24 10.255.0.2', 'fd00:b::/64 fd00:ff::2']
    }
}
