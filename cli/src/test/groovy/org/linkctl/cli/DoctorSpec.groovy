package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import org.linkctl.spi.Answer
import org.linkctl.spi.Question
import spock.lang.Specification
import spock.lang.TempDir

/** The doctor with hosts in memory: two that answer, of which one has a wrong clock, and one that does not. */
class DoctorSpec extends Specification {
    @TempDir
    Path folder

    def toy = new Toy()

    private String inventory(String more = '') {
        Files.writeString(folder.resolve('net.groovy'), """
            fabric('toy') {
                site('a', lan: '10.1.0.0/24') {
                    host('one', os: LINUX, ssh: 'admin@192.0.2.1') { nic('eth0', address: '10.1.0.1/24') }
                    host('two', os: LINUX, ssh: 'admin@192.0.2.2') { nic('eth0', address: '10.1.0.2/24') }
                    host('three', os: LINUX, ssh: 'admin@192.0.2.3') { nic('eth0', address: '10.1.0.3/24') }
                }
                $more
            }
            """.stripIndent()).toString()
    }

    /** By the first words of a command. */
    private void hostsSay(Map<String, String> usual, Map<String, Map<String, String>> own = [:]) {
        toy.saying = { String host, Question<?> question ->
            if (!(question instanceof Question.Command)) return null
            String words = question.argv().words().join(' ')
            if (words.startsWith('date')) return new Answer.Output(0, "${new BigDecimal(Instant.now().plusSeconds(host == 'two' ? 3600 : 0).toEpochMilli()).movePointLeft(3)}\n", '')
            def all = usual + (own[host] ?: [:])
            def key = all.keySet().findAll { words == it || words.startsWith("$it ") }.max { it.length() }
            key == null ? null : new Answer.Output(0, all[key], '')
        }
    }

    static final Map<String, String> GOOD = [
        'id -u': '0', 'uname -s': 'Linux', 'uname -r': '6.1.0-30-amd64', 'uname -m': 'x86_64', 'test -d': '',
        'systemctl is-active systemd-networkd.service': 'active',
        'df -Pk': 'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda1 20000000 1000000 19000000 5% /'
    ]

    def 'each host stands by itself, with what cures what is in the way'() {
        given:
        hostsSay(GOOD, [one: ['df -Pk': 'x\n/dev/vda1 100 95 5 95% /']])
        toy.unreachable = ['three']

        expect:
        toy.run('doctor', inventory()) == 5
        Golden.is('doctor/doctor.txt', toy.out)
        toy.run('doctor', inventory(), '--json') == 5
        Golden.is('doctor/doctor.json', toy.out)
        toy.steps == []
    }

    def 'a host that is not reached does not stop the others, and is the status where nothing else is wrong'() {
        given:
        hostsSay(GOOD)
        toy.unreachable = ['three']

        expect:
        toy.run('doctor', inventory()) == 3
        toy.out.contains('nothing is in the way on 2 of 3 hosts; 1 unreachable')
        toy.run('doctor', inventory(), '--limit', 'one') == 0
        !toy.out.contains('two\n')
    }

    def 'what is asked of a user that is not root is not taken for what root gets'() {
        given:
        hostsSay(GOOD, [one: ['id -u': '1000']])

        expect:
        toy.run('doctor', inventory(), '--limit', 'one') == 3
        toy.out.contains('IN THE WAY  root: logged in, and its commands run with the user id 1000, not')
        toy.out.contains('not asked   all else')
        !toy.out.contains('disk')
    }
}
