package org.linkctl.modules.linux.ecmp

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Case
import spock.lang.Specification
import spock.lang.TempDir

/** The route's script itself, run here with an ip(8) of ours that tells what it is called in. */
class MarkUnderLockSpec extends Specification {
    @TempDir Path folder

    def "#verb: the mark changes while the route's lock is held, before the routes are set"() {
        given:
        def want = Case.of(new EcmpModule(), new File(Case.folder(), 'linux.ecmp')).find { it.dir.name == 'create' }.wants.find { it instanceof EcmpWant }
        def tunnel = want.hops().first().tunnel()
        def state = Files.createDirectories(folder.resolve('state'))
        def mark = Files.createDirectories(state.resolve('dead')).resolve(tunnel)
        if (marked) Files.createFile(mark)
        def interfaces = Files.createDirectories(folder.resolve('net'))
        want.hops().each { Files.writeString(Files.createDirectories(interfaces.resolve(it.tunnel())).resolve('flags'), '0x1\n') }
        def ip = Files.createDirectories(folder.resolve('bin')).resolve('ip')
        Files.writeString(ip, """#!/bin/sh
            case \$* in 'nexthop bucket '*) exit 255 ;; *' route replace '*) ;; *) exit 0 ;; esac
            if flock -n $state/route-${want.label()}.lock true; then held=no; else held=yes; fi
            if [ -e $mark ]; then marked=yes; else marked=no; fi
            echo "held \$held, marked \$marked: \$*" >>$folder/log
            """)
        ip.toFile().executable = true
        def script = folder.resolve('route')
        Files.writeString(script, EcmpScript.text(want).replace('run=/run/linkctl', "run=$state").replace('/sys/class/net', interfaces.toString())
                .replace('PATH=/usr/sbin', "PATH=$folder/bin:/usr/sbin"))

        when:
        def process = new ProcessBuilder('/bin/sh', script.toString(), verb, tunnel).redirectErrorStream(true).start()
        def text = process.inputStream.text

        then:
        process.waitFor() == 0
        text == ''
        Files.exists(mark) == (verb == 'dead')

        and:
        def lines = Files.readAllLines(folder.resolve('log'))
        lines.every { it.startsWith("held yes, marked ${verb == 'dead' ? 'yes' : 'no'}: ") }
        lines.every { it.contains(" $tunnel ") == (verb == 'alive') }

        where:
        verb    | marked
        'dead'  | false
        'alive' | true
    }

    def 'what is drained for good is left out after a boot, too, and marked as being so; the last one is used all the same'() {
        given:
        def want = Case.of(new EcmpModule(), new File(Case.folder(), 'linux.ecmp')).find { it.dir.name == 'create' }.wants.find { it instanceof EcmpWant }
        def state = folder.resolve('state')
        def held = Files.createDirectories(folder.resolve('held'))
        def interfaces = Files.createDirectories(folder.resolve('net'))
        want.hops().each { Files.writeString(Files.createDirectories(interfaces.resolve(it.tunnel())).resolve('flags'), '0x1\n') }
        def ip = Files.createDirectories(folder.resolve('bin')).resolve('ip')
        Files.writeString(ip, "#!/bin/sh\ncase \$* in 'nexthop bucket '*) exit 255 ;; *' route replace '*) echo \"\$*\" >>$folder/log ;; esac\n")
        ip.toFile().executable = true
        def script = folder.resolve('route')
        Files.writeString(script, EcmpScript.text(want).replace('run=/run/linkctl', "run=$state").replace('/sys/class/net', interfaces.toString())
                .replace('PATH=/usr/sbin', "PATH=$folder/bin:/usr/sbin").replace('/var/lib/linkctl/drained', held.toString()))
        def apply = {
            Files.deleteIfExists(folder.resolve('log'))
            assert new ProcessBuilder('/bin/sh', script.toString(), 'apply').redirectErrorStream(true).start().waitFor() == 0
            Files.readAllLines(folder.resolve('log'))
        }
        def tunnels = want.hops()*.tunnel()

        when: 'the folder of marks is empty, as after a boot'
        Files.writeString(held.resolve(tunnels.first()), 'x\n')
        def lines = apply()

        then:
        lines.every { !it.contains(" dev ${tunnels.first()} ") && it.contains(" dev ${tunnels.last()} ") }
        Files.exists(state.resolve("drained/${tunnels.first()}"))

        when:
        tunnels.each { Files.writeString(held.resolve(it), 'x\n') }

        then:
        apply().every { line -> tunnels.every { line.contains(" dev $it ") } }
    }
}
