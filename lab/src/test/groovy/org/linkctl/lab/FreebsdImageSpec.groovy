package org.linkctl.lab

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class FreebsdImageSpec extends Specification {
    @TempDir
    Path folder

    def 'the environment names the image and the login; without a key ssh chooses one'() {
        given:
        def file = Files.createFile(folder.resolve('freebsd.raw'))
        def key = Files.createFile(folder.resolve('key'))

        expect:
        FreebsdImage.of([:]).empty
        FreebsdImage.of([LINKCTL_FREEBSD_IMAGE: '']).empty
        FreebsdImage.of([LINKCTL_FREEBSD_IMAGE: "$file".toString()]).get() == new FreebsdImage(file, 'root', Optional.empty())
        FreebsdImage.of(file, [LINKCTL_FREEBSD_USER: 'ops', LINKCTL_FREEBSD_KEY: "$key".toString()]) ==
                new FreebsdImage(file, 'ops', Optional.of(key))
    }

    def 'what cannot be read is said before anything is started: #message'() {
        when:
        FreebsdImage.of(environment)

        then:
        def e = thrown(LabException)
        e.message == message

        where:
        environment                                                               || message
        [LINKCTL_FREEBSD_IMAGE: '/nowhere/f.raw']                                 || 'the FreeBSD image cannot be read: /nowhere/f.raw'
        [LINKCTL_FREEBSD_IMAGE: '/etc/passwd', LINKCTL_FREEBSD_KEY: '/nowhere/k'] || 'LINKCTL_FREEBSD_KEY cannot be read: /nowhere/k'
    }

    def 'the balancers: two hosts of the image on the switch, and a wire of their own'() {
        given:
        def image = new FreebsdImage(Files.createFile(folder.resolve('freebsd.raw')), 'root', Optional.empty())
        def spec = Topologies.balancers(image)

        expect:
        spec.hosts().collectEntries { [it.name(), it.freebsd().present] } == [lb1: true, lb2: true, sw: false]
        spec.endsOf('lb1')*.nic() == ['vtnet1', 'vtnet2']
        Plugs.otherEnd(spec.wires(), new WireSpec.End('lb1', 'vtnet2')) == new WireSpec.End('lb2', 'vtnet2')

        when:
        new LabSpec([HostSpec.freebsd('lb1', image), HostSpec.bare('a')], [WireSpec.wire('lb1', 'eth1', 'a', 'eth1')])

        then:
        def e = thrown(LabException)
        e.message == 'a wire ends at eth1 of lb1, whose interfaces are vtnet1 and so on'
    }

    def 'two sites of two systems: what FreeBSD has by its owner is told to its rc.conf, too'() {
        given:
        def spec = Topologies.mixed(new FreebsdImage(Files.createFile(folder.resolve('freebsd.raw')), 'root', Optional.empty()))

        expect:
        spec.hosts().collectEntries { [it.name(), it.freebsd().present] } == ['a-gw': false, 'b-gw': true, sw: false]
        spec.endsOf('b-gw')*.nic() == ['vtnet1', 'vtnet2']
        spec.hosts().find { it.name() == 'b-gw' }.setup().contains("sysrc ifconfig_vtnet2='inet 203.0.113.1/24'")
    }

    def 'a host that boots from its disk stops before its first instruction, for its wires'() {
        given:
        def words = new QemuArgs('lb1', 'tcg', folder, folder, folder, Lab.LIFETIME).wordsFromDisk()

        expect:
        words.contains('-S')
        !words.contains('-kernel')
    }
}
