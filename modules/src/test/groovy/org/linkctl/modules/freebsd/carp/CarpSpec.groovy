package org.linkctl.modules.freebsd.carp

import org.linkctl.modules.files.OurFiles
import org.linkctl.modules.freebsd.kernel.Ifconfig
import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.diag.Place
import org.linkctl.model.SecretRef
import org.linkctl.modules.Inventories
import org.linkctl.net.Cidr
import org.linkctl.shell.Fingerprints
import org.linkctl.shell.Secret
import org.linkctl.shell.Step
import org.linkctl.spi.Published
import org.linkctl.spi.Refused
import org.linkctl.spi.Scope
import org.linkctl.spi.Secrets
import spock.lang.Specification
import spock.lang.TempDir

/** What a real sh makes of the file that rc.d/netif reads, and of the step that takes the password. */
class CarpSpec extends Specification {
    @TempDir
    Path folder

    static final CarpVip VIP = new CarpVip(10, 'vtnet0.100', [Cidr.of('10.1.0.1/16'), Cidr.of('fd00:1::1/64')], 1, 100,
            new SecretRef('carp/lb', new Place('x', 1, 1)), false, false)

    String sh(List<String> words) {
        def process = new ProcessBuilder(words).redirectErrorStream(true).start()
        process.outputStream.close()
        String out = process.inputStream.text
        assert process.waitFor() == 0: out
        out
    }

    Path password() {
        Files.writeString(folder.resolve('password'), 'mekmitasdigoat\n')
    }

    def 'the file gives ifconfig its words, the password among them, and holds no password'() {
        given:
        Path file = folder.resolve('carp')
        Files.writeString(file, VIP.text().replace(VIP.path(), password().toString()))

        expect:
        !VIP.text().contains('mekmitasdigoat')
        sh(['/bin/sh', '-c', '. "$1"; printf "%s\\n" "$ifconfig_vtnet0_100_alias2160" "$ifconfig_vtnet0_100_alias2161"', 'sh', file.toString()]) == '''\
            inet 10.1.0.1/16 vhid 10 advbase 1 advskew 100 pass mekmitasdigoat
            inet6 fd00:1::1 prefixlen 64 vhid 10 advbase 1 advskew 100 pass mekmitasdigoat
            '''.stripIndent()
    }

    def 'what the file declares is read back'() {
        expect:
        CarpVip.declared(OurFiles.MARK + '\n' + VIP.text()).collect { [it.vhid(), it.device(), it.addresses()] } ==
                [[10, 'vtnet0.100', VIP.addresses()]]
    }

    def 'the step runs ifconfig with the password as its last word, and does not hold it'() {
        given:
        Path bin = Files.createDirectory(folder.resolve('bin'))
        Path ifconfig = bin.resolve('ifconfig')
        Files.writeString(ifconfig, '#!/bin/sh\nprintf "<%s>" "$@"\n')
        ifconfig.toFile().setExecutable(true)
        List<Step> steps = []
        VIP.steps(steps, new Ifconfig([:]), false)
        List<String> words = steps.first().argv().words().collect { it == VIP.path() ? password().toString() : it }

        when:
        def builder = new ProcessBuilder(words).redirectErrorStream(true)
        builder.environment().put('PATH', bin.toString())
        String said = builder.start().inputStream.text

        then:
        !steps.toString().contains('mekmitasdigoat')
        said == '<vtnet0.100><inet><10.1.0.1/16><alias><vhid><10><advbase><1><advskew><100><pass><mekmitasdigoat>'
    }

    def 'a password that ifconfig would cut, that cannot be kept out of messages, or that is several words, is refused, and not shown'() {
        given:
        def fabric = Inventories.load(new File(System.getProperty('basedir', '.'), '../inventories/freebsd-lb.groovy'))
        def secrets = new Secrets(['carp/lb': new Secret(password)], new Fingerprints(new byte[32]))

        when:
        new CarpModule().want(new Scope(fabric, fabric.hosts().first(), Published.NOTHING, [] as Set, secrets))

        then:
        Refused refused = thrown()
        refused.message.contains("secret('carp/lb')")
        refused.message.contains('4 to 20 letters and digits')
        !refused.message.contains(password)

        where:
        password << ['a' * 21, 'abc', 'two words', 'x$(reboot)', 'a"b']
    }
}
