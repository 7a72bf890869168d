package org.linkctl.modules.linux.stack

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.model.Bond as Declared
import spock.lang.Specification
import spock.lang.TempDir

/** What the unit waits with is run, beside a udevadm that is of systemd 249 or 252, as far as it is asked here. */
class BondUnitSpec extends Specification {
    @TempDir
    Path dir

    private static List<String> starts() {
        def bond = new BondConfig('bond0', Declared.Mode.LACP, Declared.XmitHash.LAYER3_4, 100, Declared.LacpRate.FAST, ['eth1', 'eth2'], '', new InterfaceConfig('bond0', true, [], null))
        BondUnit.files(bond)['/etc/systemd/system/linkctl-bond-bond0.service']
            .readLines().findAll { it.startsWith('ExecStart=-') }*.minus('ExecStart=-')
    }

    def "members are waited for by what systemd #version has"() {
        given:
        def udevadm = Files.writeString(dir.resolve('udevadm'), "#!/bin/sh\necho \"\$*\" >> $dir/asked\n$knows\nexit 0\n").toFile()
        udevadm.executable = true
        def process = new ProcessBuilder('/bin/sh', '-c', starts().first()).with { environment().PATH = "$dir:${environment().PATH}".toString(); it }.start()

        expect:
        process.waitFor() == 0
        new File(dir.toFile(), 'asked').readLines() == asked

        where:
        version                | knows                                   | asked
        252                    | ''                                      | [WAIT]
        249                    | '[ "$1" != wait ] || exit 1'             | [WAIT, 'settle --timeout=20']
    }

    static final String WAIT = 'wait --timeout=20 --initialized=true /sys/class/net/eth1 /sys/class/net/eth2'

    def "systemd replaces nothing in it: systemd.service(5), command lines"() {
        expect:
        starts().every { !(it =~ /[$%\\;"]/) && it.count("'") in [0, 2] }
    }
}
