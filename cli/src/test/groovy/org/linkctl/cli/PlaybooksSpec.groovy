package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** The shipped playbooks, as far as they go without hosts: PlaybookLabSpec runs them on real ones. */
class PlaybooksSpec extends Specification {
    private static final Path FOLDER = Path.of('../playbooks')

    private static final Map<String, List<String>> VALUES = [
            'rotate-psk'    : ['-e', 'tunnels=ab'],
            'rotate-keys'   : ['-e', 'tunnels=ab'],
            'failover-drill': ['-e', 'tunnel=ab0'],
            'bootstrap'     : ['-e', 'hosts=b'],
            'add-site'      : ['-e', 'site=b'],
    ]

    private static List<String> all() {
        Files.list(FOLDER).withCloseable { it.collect { it.fileName.toString() }.sort() }
    }

    // Without modules none of their names is checked: those of the toy are not the ones that playbooks name.
    def toy = new Toy(modules: [])

    def 'each is a playbook'() {
        expect:
        all().every { it.endsWith('.groovy') }
        all().size() == 8
    }

    def '#file shows its steps'() {
        given:
        String name = file - '.groovy'

        expect:
        toy.run('run', FOLDER.resolve(file).toString(), '../inventories/lab.groovy', '--dry-run', *VALUES.getOrDefault(name, [])) == 0
        Golden.is("playbooks/${name}.txt", toy.out)
        toy.addresses.empty

        where:
        file << all()
    }

    def '#name tells what it needs'() {
        expect:
        toy.run('run', FOLDER.resolve("${name}.groovy").toString(), '../inventories/lab.groovy', '--dry-run') == 1
        toy.err =~ /-e (tunnel|hosts|site)/

        where:
        name << VALUES.keySet()
    }

    def 'a drill by the wire drops what one tunnel sends and gets'() {
        expect:
        toy.run('run', FOLDER.resolve('failover-drill.groovy').toString(), '../inventories/lab.groovy', '--dry-run', '-e', 'tunnel=ab1', '-e', 'by=wire', '-e', 'tcp=false') == 0
        Golden.is('playbooks/failover-drill-wire.txt', toy.out)
    }

    def 'hosts of an image are logged in to as it lets in, until they have their users'() {
        expect:
        toy.run('run', FOLDER.resolve('bootstrap.groovy').toString(), '../inventories/lab.groovy', '--dry-run', '-e', 'hosts=a,b', '-e', 'login=root') == 0
        Golden.is('playbooks/bootstrap-login.txt', toy.out)
    }

    def 'a rolling reboot leads traffic away first, and never reboots both of a pair'() {
        expect:
        toy.run('run', FOLDER.resolve('rolling-reboot.groovy').toString(), '../inventories/ha-web.groovy', '--dry-run', '-e', 'serial=9') == 0
        Golden.is('playbooks/rolling-reboot-pair.txt', toy.out)
    }
}
