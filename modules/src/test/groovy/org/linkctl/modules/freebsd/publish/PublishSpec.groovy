package org.linkctl.modules.freebsd.publish

import org.linkctl.modules.freebsd.pfrules.PfPublish
import org.linkctl.modules.publishing.PublishedService
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.TimeUnit
import org.linkctl.diag.Place
import org.linkctl.model.Firewall
import org.linkctl.model.Hub
import org.linkctl.model.Publish
import org.linkctl.model.Publish.Choose
import org.linkctl.model.Vip
import org.linkctl.net.Cidr
import org.linkctl.net.Ip
import spock.lang.Specification
import spock.lang.TempDir

/**
 * What a real sh makes of the watcher. Each target has a letter for every time that it is asked, y or n, twice in the
 * round after a first n; when they are used up, the watcher is ended. The pfctl of this test keeps each table in a file.
 */
class PublishSpec extends Specification {
    static final Place AT = new Place('x.groovy', 1, 1)
    static final Closure SINGLE = { new Firewall.Ports(it, it) }

    @TempDir
    Path folder

    static PfPublish published(String name, Choose choose, List<Integer> tcp, List<Integer> udp, List<String> targets) {
        def hub = new Hub('wg0', 'gw', 1337, [Cidr.of('10.0.0.1/24')], 'gw.example', null, null, null, [], [], AT)
        def publish = new Publish(name, 'gw', [Ip.of('203.0.113.9')], tcp.collect(SINGLE), udp.collect(SINGLE), targets, choose, true, null, AT)
        boolean v6 = targets.first().contains(':')
        new PfPublish(new PublishedService(publish, v6, [(Ip.of('203.0.113.9')): 'em0'], targets.collect { new Publish.Target(hub, it, Ip.of(it)) }, []))
    }

    def setup() {
        program('logger', 'shift 2; echo "$*" >>"$FOLDER/log"')
        program('sleep', ':')
        String asked = '''
            exec 9>"$FOLDER/lock.$target"; flock 9
            n=$(($(cat "$FOLDER/n.$target") + 1))
            echo $n >"$FOLDER/n.$target"
            answer=$(cut -c $n "$FOLDER/plan.$target")
            [ -n "$answer" ] || kill $(cat "$FOLDER/pid")
            [ "$answer" = y ]
            '''.stripIndent()
        program('ping', '[ "$1 $2 $3 $4 $5" = "-q -c 1 -W 700" ] || echo "what? ping $*" >>"$FOLDER/log"\ntarget=$6\n' + asked)
        program('nc', '[ "$1 $2 $3 $4" = "-n -z -w 1" ] || echo "what? nc $*" >>"$FOLDER/log"\ntarget=$5\n' + asked)
        program('pfctl', '''
            [ "$1" = -q ] && shift
            [ "$1" != -a ] || { where=$2.; shift 2; }
            where=$(echo "$where" | tr / .)
            case "$1 $3 $4" in
                "-t -T show") sed 's/^/   /' "$FOLDER/table.$where$2" ;;
                "-t -T replace") table=$2; shift 4; printf '%s\\n' "$@" >"$FOLDER/table.$where$table"; echo "replace" >>"$FOLDER/log" ;;
                "-vv states ") cat "$FOLDER/states" 2>/dev/null ;;
                "-k -k "*) echo "$4" >>"$FOLDER/killed" ;;
                *) echo "what? pfctl $*" >>"$FOLDER/log" ;;
            esac
            '''.stripIndent())
        program('ifconfig', 'cat "$FOLDER/ifconfig.$1"')
    }

    Path write(String name, String text) {
        Path file = folder.resolve(name)
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    void program(String name, String body) {
        write(name, "#!/bin/sh\nFOLDER=$folder\n$body\n".toString())
    }

    void run(List<PfPublish> published, Map<String, String> plans, String verb = 'run', List<String> place = [], List<Vip> vips = []) {
        plans.each { target, plan ->
            Files.writeString(folder.resolve("plan.$target"), plan + '\n')
            Files.writeString(folder.resolve("n.$target"), '0')
        }
        Path script = write('watch', PublishScript.script(published, place, vips)
            .replace('PATH=/sbin:', "PATH=$folder:/sbin:".toString()).replace('/var/run/linkctl', folder.toString()).replace('grace=60', 'grace=4'))
        String start = "echo \$\$ >$folder/pid; exec sh $script $verb"
        def process = new ProcessBuilder('sh', '-c', start).redirectErrorStream(true).start()
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
            ['10.0.0.2': 'yyy' * 3, '10.0.0.3': 'n' * 12, '10.0.0.4': 'yyynnnyyy'])

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

    /** As pf_print_state.c prints them with -vv: what came in, and what went out to the hub for it. */
    static final String STATES = '''\
        all udp 10.0.0.2:443 (203.0.113.9:443) <- 198.51.100.7:5000       MULTIPLE:MULTIPLE
           age 00:00:10, expires in 00:00:58, 9:9 pkts, 400:400 bytes, rule 5
           id: 0100000000000001 creatorid: 0badcafe gateway: 0.0.0.0
        all udp 10.0.0.1:50000 (198.51.100.7:5000) -> 10.0.0.2:443       MULTIPLE:MULTIPLE
           age 00:00:10, expires in 00:00:58, 9:9 pkts, 400:400 bytes, rule 6
           id: 0100000000000002 creatorid: 0badcafe gateway: 0.0.0.0
        all udp 10.0.0.2:53 (203.0.113.9:53) <- 198.51.100.7:5001       MULTIPLE:MULTIPLE
           id: 0100000000000003 creatorid: 0badcafe
        all udp 10.0.0.3:443 (203.0.113.9:443) <- 198.51.100.7:5002       MULTIPLE:MULTIPLE
           id: 0100000000000004 creatorid: 0badcafe
        igb0 udp 10.0.0.2:6005 (203.0.113.9:6005) <- 198.51.100.7:5003       SINGLE:NO_TRAFFIC
           id: 0100000000000005 creatorid: 5eed0001
           origif: igb0
        all tcp 10.0.0.2:80 (203.0.113.9:80) <- 198.51.100.7:5004       ESTABLISHED:ESTABLISHED
           [1 + 65535] wscale 7  [1 + 65535] wscale 7
           id: 0100000000000006 creatorid: 0badcafe
        all tcp 10.0.0.2:80 (203.0.113.9:80) <- 198.51.100.7:5005       CLOSED:SYN_SENT
           [1 + 65535]  [1 + 65535]
           id: 0100000000000007 creatorid: 0badcafe
        all udp 10.0.0.2:443 (203.0.113.99:443) <- 198.51.100.7:5006       MULTIPLE:MULTIPLE
           id: 0100000000000008 creatorid: 0badcafe
        all udp 10.0.0.20:443 (203.0.113.9:443) <- 198.51.100.7:5007       MULTIPLE:MULTIPLE
           id: 0100000000000009 creatorid: 0badcafe
        all udp 10.0.0.2:6011 (203.0.113.9:6011) <- 198.51.100.7:5008       MULTIPLE:MULTIPLE
           id: 0100000000000010 creatorid: 0badcafe
        all icmp 10.0.0.2:9 (203.0.113.9:9) <- 198.51.100.7:9       0:0
           id: 0100000000000011 creatorid: 0badcafe
        all udp fc00::2[443] (2001:db8::9[443]) <- 2001:db8::50[5009]       MULTIPLE:MULTIPLE
           id: 0100000000000012 creatorid: 0badcafe
        '''.stripIndent()

    private List<String> ended(List<Vip> vips, Map<String, String> plans) {
        Files.writeString(folder.resolve('states'), STATES)
        run([published('web', Choose.FIRST_HEALTHY, [80], UDP, ['10.0.0.2', '10.0.0.3'])], plans, 'run', [], vips)
        read('killed').readLines().sort().unique()
    }

    static final List<Integer> UDP = [443, 6005]

    def 'UDP that a dead target has ends, and calls that it has not answered; nothing of other targets, ports or addresses'() {
        expect:
        ended([], ['10.0.0.2': 'ynnnn', '10.0.0.3': 'yyyy']) == ['0100000000000001/0badcafe', '0100000000000005/5eed0001', '0100000000000007/0badcafe']
    }

    def 'who died when no other one answered keeps what it has until the others had time to come back'() {
        expect:
        ended([], ['10.0.0.3': 'nnnnnnyyyyy', '10.0.0.2': 'n' * 20]) == []
        ended([], ['10.0.0.3': 'nnnnnnyyyyyyyyy', '10.0.0.2': 'n' * 20]).size() == 3
    }

    def 'on a pair only the master ends anything'() {
        given:
        def vip = new Vip('fw', 20, 'igb0', [Cidr.of('203.0.113.9/24')], null, null, 1, true, [], AT)
        Files.writeString(folder.resolve('ifconfig.igb0'), "\tcarp: $role vhid 20 advbase 1 advskew 100\n")

        expect:
        ended([vip], ['10.0.0.2': 'ynnnn', '10.0.0.3': 'yyyy']).size() == states

        where:
        role     || states
        'MASTER' || 3
        'BACKUP' || 0
    }

    def 'what a host knows when it starts, or becomes master, is not older than one answer: #role'() {
        given: 'nobody answers a host that stands by'
        def vip = new Vip('fw', 20, 'igb0', [Cidr.of('203.0.113.9/24')], null, null, 1, true, [], AT)
        def carp = { "carp: $it vhid 20 advbase 1 advskew 100" }
        program('ifconfig', """
            if [ "\$(cat "\$FOLDER/n.10.0.0.3")" -lt $from ]; then echo "${carp(before)}"; else echo "${carp('MASTER')}"; fi""".stripIndent())

        when:
        run([published('web', Choose.FIRST_HEALTHY, [80], [], ['10.0.0.2', '10.0.0.3'])], ['10.0.0.2': plan2, '10.0.0.3': plan3], 'run', [], [vip])

        then:
        read('table.linkctl_web_inet') == wanted
        read('log').readLines().count { it == 'replace' } == changes

        where:
        role                                               | before   | from | plan2          | plan3        || wanted       | changes
        'a start, and the first of them is dead'           | 'MASTER' | 0    | 'nnnn'         | 'yyy'        || '10.0.0.3\n' | 2
        'a start as master, and the first comes later'     | 'MASTER' | 0    | 'nny'          | 'yyyy'       || '10.0.0.2\n' | 3
        'a switch, and the first of them is dead'          | 'BACKUP' | 4    | 'nnnnnnnnnnnn' | 'nnnnny'     || '10.0.0.3\n' | 2
    }

    def 'the script of rc is sh'() {
        expect:
        ['sh', '-n', write('rc', PublishScript.rc([])).toString()].execute().waitFor() == 0
    }
}
