package org.linkctl.modules.freebsd.publish

import org.linkctl.modules.freebsd.pfrules.PfPublish
import org.linkctl.modules.publishing.PublishedService
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.TimeUnit
import org.linkctl.diag.Place
import org.linkctl.model.Hub
import org.linkctl.model.Publish
import org.linkctl.model.Publish.Choose
import org.linkctl.net.Cidr
import org.linkctl.net.Ip
import spock.lang.Specification
import spock.lang.TempDir

/**
 * What a real sh makes of the watcher. Each target has a letter for every round, y or n; when they are used up, the
 * watcher is ended. The pfctl of this test keeps each table in a file.
 */
class PublishSpec extends Specification {
    static final Place AT = new Place('x.groovy', 1, 1)

    @TempDir
    Path folder

    static PfPublish published(String name, Choose choose, List<Integer> tcp, List<Integer> udp, List<String> targets) {
        def hub = new Hub('wg0', 'gw', 1337, [Cidr.of('10.0.0.1/24')], 'gw.example', null, null, null, [], [], AT)
        def publish = new Publish(name, 'gw', [Ip.of('203.0.113.9')], tcp, udp, targets, choose, true, null, AT)
        boolean v6 = targets.first().contains(':')
        new PfPublish(new PublishedService(publish, v6, [(Ip.of('203.0.113.9')): 'em0'], targets.collect { new Publish.Target(hub, it, Ip.of(it)) }, []))
    }

    def setup() {
        program('logger', 'shift 2; echo "$*" >>"$FOLDER/log"')
        program('sleep', ':')
        String asked = '''
            n=$(($(cat "$FOLDER/n.$target") + 1))
            echo $n >"$FOLDER/n.$target"
            answer=$(cut -c $n "$FOLDER/plan.$target")
            [ -n "$answer" ] || kill $PPID
            [ "$answer" = y ]
            '''.stripIndent()
        program('ping', '[ "$1 $2 $3 $4 $5" = "-q -c 1 -W 900" ] || echo "what? ping $*" >>"$FOLDER/log"\ntarget=$6\n' + asked)
        program('nc', '[ "$1 $2 $3 $4" = "-n -z -w 1" ] || echo "what? nc $*" >>"$FOLDER/log"\ntarget=$5\n' + asked)
        program('pfctl', '''
            [ "$1" = -q ] && shift
            [ "$1" != -a ] || { where=$2.; shift 2; }
            where=$(echo "$where" | tr / .)
            case "$1 $3 $4" in
                "-t -T show") sed 's/^/   /' "$FOLDER/table.$where$2" ;;
                "-t -T replace") table=$2; shift 4; printf '%s\\n' "$@" >"$FOLDER/table.$where$table"; echo "replace" >>"$FOLDER/log" ;;
                *) echo "what? pfctl $*" >>"$FOLDER/log" ;;
            esac
            '''.stripIndent())
    }

    Path write(String name, String text) {
        Path file = folder.resolve(name)
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    void program(String name, String body) {
        write(name, "#!/bin/sh\nFOLDER=$folder\n$body\n".toString())
    }

    void run(List<PfPublish> published, Map<String, String> plans, String verb = 'run', List<String> place = []) {
        plans.each { target, plan ->
            Files.writeString(folder.resolve("plan.$target"), plan + '\n')
            Files.writeString(folder.resolve("n.$target"), '0')
        }
        Path script = write('watch', PublishScript.script(published, place)
            .replace('PATH=/sbin:', "PATH=$folder:/sbin:".toString()).replace('/var/run/linkctl', folder.toString()))
        def process = new ProcessBuilder('sh', script.toString(), verb).redirectErrorStream(true).start()
        boolean ended = process.waitFor(60, TimeUnit.SECONDS)
        process.destroyForcibly()
        assert ended
    }

    String read(String name) {
        Path file = folder.resolve(name)
        Files.exists(file) ? Files.readString(file) : ''
    }

    def 'new connections go to the first that answers, and back to one before it that does again'() {
        when:
        run([published('web', Choose.FIRST_HEALTHY, [80, 443], [], ['10.0.0.2', '10.0.0.3'])],
            ['10.0.0.2': 'nnnynnyyyy', '10.0.0.3': 'yyyyyyyyyy'])

        then:
        read('log') == '''\
            replace
            linkctl_web_inet: 10.0.0.2
            watches 80@10.0.0.2 80@10.0.0.3
            10.0.0.2 does not answer
            replace
            linkctl_web_inet: 10.0.0.3
            10.0.0.2 answers
            replace
            linkctl_web_inet: 10.0.0.2
            '''.stripIndent()
        read('table.linkctl_web_inet') == '10.0.0.2\n'
    }

    def 'with ROUND_ROBIN the table holds all that answer, and all where none does'() {
        when:
        run([published('web', Choose.ROUND_ROBIN, [80], [], ['10.0.0.2', '10.0.0.3', '10.0.0.4'])],
            ['10.0.0.2': 'yyy' * 3, '10.0.0.3': 'nnnnnnnnn', '10.0.0.4': 'yyynnnyyy'])

        then:
        read('table.linkctl_web_inet') == '10.0.0.2\n10.0.0.4\n'

        when:
        run([published('web', Choose.ROUND_ROBIN, [80], [], ['10.0.0.2', '10.0.0.3'])], ['10.0.0.2': 'nnnn', '10.0.0.3': 'nnnn'])

        then:
        read('table.linkctl_web_inet') == '10.0.0.2\n10.0.0.3\n'
    }

    def 'only UDP: they are pinged; each family and each publish has a table of its own, in an anchor too'() {
        when:
        run([published('dns', Choose.FIRST_HEALTHY, [], [53], ['fc00::2', 'fc00::3']), published('web', Choose.FIRST_HEALTHY, [8080], [], ['10.0.0.2'])],
            ['fc00::2': 'nnnn', 'fc00::3': 'yyyy', '10.0.0.2': 'nnnn'], 'run', ['-a', 'linkctl/rules'])

        then:
        read('table.linkctl.rules.linkctl_dns_inet6') == 'fc00::3\n'
        read('table.linkctl.rules.linkctl_web_inet') == '10.0.0.2\n'
        !read('log').contains('what?')
    }

    def 'a table that somebody changed is set again, and a mark from before this start is believed'() {
        given:
        Files.createDirectories(folder.resolve('published-dead'))
        Files.writeString(folder.resolve('published-dead/80@10.0.0.2'), '')
        Files.writeString(folder.resolve('table.linkctl_web_inet'), '192.0.2.66\n10.0.0.3\n')

        when:
        run([published('web', Choose.FIRST_HEALTHY, [80], [], ['10.0.0.2', '10.0.0.3'])], [:], 'load')

        then:
        read('log') == 'replace\nlinkctl_web_inet: 10.0.0.3\n'
        read('table.linkctl_web_inet') == '10.0.0.3\n'
    }

    def 'the script of rc is sh'() {
        expect:
        ['sh', '-n', write('rc', PublishScript.rc([])).toString()].execute().waitFor() == 0
    }
}
