package org.linkctl.lab

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

class LabFilesSpec extends Specification {
    @TempDir
    Path folder

    def 'ssh_config names every host and checks its key strictly'() {
        given:
        def files = new LabFiles(Path.of('/l a b'))
        def own = new LabState.Login('ops', [], 'doas -n /bin/sh -s')

        expect: 'and leaves the choice of the key to ssh where none is given'
        files.config([new LabState.Host('a-gw', 7, 2201, files.login()), new LabState.Host('lb1', 8, 2202, own)]) == '''\
Host a-gw
    HostName 127.0.0.1
    Port 2201
    User root
    IdentityFile "/l a b/id_ed25519"
    IdentitiesOnly yes
    UserKnownHostsFile "/l a b/known_hosts"
    StrictHostKeyChecking yes

Host lb1
    HostName 127.0.0.1
    Port 2202
    User ops
    UserKnownHostsFile "/l a b/known_hosts"
    StrictHostKeyChecking yes
'''
    }

    def 'a line of known_hosts has the port and no comment'() {
        expect:
        LabFiles.knownLine(2201, 'ssh-ed25519 AAAAC3 a-gw\n') == '[127.0.0.1]:2201 ssh-ed25519 AAAAC3'
    }

    def 'a state that was written can be read by a later process'() {
        given:
        def state = new LabState('/tmp/s', [new LabState.Host('a', 7, 2201, new LabState.Login('root', ['/key'], SshClient.SHELL))], [WireSpec.wire('a', 'eth1', 'b', 'eth1')])

        when:
        state.write(folder)

        then:
        LabState.existsIn(folder)
        LabState.read(folder) == state
    }

    def 'no lab in a folder is said, not stack-traced'() {
        when:
        Lab.attach(folder)

        then:
        def e = thrown(LabException)
        e.message.startsWith('there is no lab in ' + folder)
    }

    def 'a process that is not our QEMU is never taken for it'() {
        given:
        Files.writeString(folder.resolve('pid'), ProcessHandle.current().pid() + '\n')

        expect:
        QemuProcess.pid(folder).get() == ProcessHandle.current().pid()
        !QemuProcess.isOurs(ProcessHandle.current().pid(), folder)
    }

    def 'a clone has exactly the devices of its template'() {
        given:
        def args = new QemuArgs('a', 'tcg', Path.of('/boot'), Path.of('/h/a'), Path.of('/s'), Duration.ofHours(4))
        def template = args.words(Path.of('/ram'), true, '')
        def clone = args.words(Path.of('/ram'), false, '')

        expect:
        clone == template.collect { it.replace('share=on', 'share=off') }
        clone.take(5) == ['setsid', 'timeout', '-k', '10', '14400s']
        QemuArgs.wireSlot(1) == '0x11'
    }

    def 'two clones never get the same identity'() {
        given:
        def script = { Identity.script(new HostSpec('a', NetworkKind.NETWORKD, 'true'), 2, 'KEY', 'PUB', Instant.ofEpochSecond(9)) }
        def one = script()

        expect:
        one != script()
        one.contains('date -u -s @9 ')
        one.contains("lab-network NETWORKD 2\ntrue\nlab-end\n")
    }
}
