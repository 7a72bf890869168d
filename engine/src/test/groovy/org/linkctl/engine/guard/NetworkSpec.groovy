package org.linkctl.engine.guard

import java.nio.file.Files
import java.nio.file.Path

import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** What the guard restores of the kernel's network state, in a network namespace. */
@Timeout(60)
@Requires({ NetworkSpec.namespaces() })
class NetworkSpec extends Specification {
    @TempDir Path folder

    static boolean namespaces() {
        try {
            new ProcessBuilder('unshare', '-rnm', 'sh', '-c', 'mount -t sysfs sysfs /sys && ip link add v0 type veth peer v1').start().waitFor() == 0
        } catch (IOException absent) {
            false
        }
    }

    static final String BEFORE = '''
        ip link add v0 type veth peer v1; ip link add v2 type veth peer v3
        for one in lo v0 v1 v2 v3; do echo 0 >/proc/sys/net/ipv6/conf/$one/accept_dad; ip link set $one up; done
        ip address add 10.0.0.9/24 brd + dev v0 valid_lft 3600 preferred_lft 1800 metric 100
        ip address add 10.0.0.3/24 dev v0 noprefixroute
        ip address add 10.0.7.6/24 dev v0 label v0:x
        ip address add 10.9.9.1 peer 10.9.9.2/32 dev v0
        ip address add fd00::5/64 dev v0 nodad
        ip address add fd00::6/64 dev v0 valid_lft 3600 preferred_lft 1800 nodad
        ip nexthop add id 6 via 10.0.0.3 dev v0
        ip nexthop add id 15 via 10.0.0.2 dev v0 proto static
        ip nexthop add id 10 group 15/6,2
        ip -6 nexthop add id 7 dev v0
        ip nexthop add id 11 group 15/6,2 type resilient buckets 64 idle_timer 10 unbalanced_timer 300
        ip nexthop add id 8 via fd00::9 dev v0 onlink
        ip route add default via 10.0.0.1 dev v0 proto dhcp src 10.0.0.9 metric 100
        ip route add 10.50.0.0/16 via 10.0.0.2 proto 200
        ip route add 10.51.0.0/16 via 10.0.0.2 proto static table 77 mtu 1400
        ip route add 10.52.0.0/16 nexthop via 10.0.0.2 dev v0 weight 2 nexthop via 10.0.0.1 dev v0
        ip route add blackhole 10.53.0.0/16
        ip route add 10.60.0.0/16 nhid 15
        ip route add 10.61.0.0/16 nhid 10 proto static
        ip route add fd01::/64 nhid 8
        ip route add fd02::/64 via fd00::1 proto 201
        ip neighbour add 10.0.0.77 lladdr 02:00:00:00:00:77 dev v0 nud permanent
        ip neighbour add fd00::77 lladdr 02:00:00:00:00:77 dev v0 nud permanent router
        ip neighbour add proxy 10.0.0.78 dev v0'''

    /** All of it, without seconds and the kernel's numbers. */
    static final String SHOW = '''
        ip -o address show dev v0 | sed 's/[0-9]*sec/SEC/g' | grep -v fe80 | sort
        ip -o -4 route show table all; ip -6 -o route show | grep -v -e fe80 -e ' expires '
        ip -o nexthop show; ip neighbour show nud permanent | sort; ip neighbour show proxy
        ip -o link show dev v0 | grep -o 'mtu [0-9]*'; ip -o link show up | wc -l'''

    private static String script(String folder, String change) {
        """set -u
        mount -t sysfs sysfs /sys || exit 1
        cd $folder
        show() { $SHOW
        }
        $BEFORE
        show >before; ip -o address show dynamic >lives
        guard() { LINKCTL_GUARD_UNITS=$folder LINKCTL_GUARD_NETWORK=1 sh $folder/home/guard "\$@" || exit 1; }
        guard lock r1 me
        guard arm r1 1 60
        $change
        show >changed
        guard fire r1 why
        until [ "\$(cat home/runs/r1/state)" = undone ]; do sleep 0.1; done
        show >after; ip -o address show dynamic >lives.after
        """
    }

    def 'an address of a pair stays with its master: #what'() {
        given:
        Files.createDirectories(folder.resolve('home/runs/r1'))
        Files.writeString(folder.resolve('home/runs/r1/undo.1'), '')
        Files.writeString(folder.resolve('home/guard'), GuardProgram.text())
        def pair = """cp -a /etc/alternatives $folder/ 2>/dev/null; mount -t tmpfs none /etc; cp -a $folder/alternatives /etc/ 2>/dev/null; mkdir /etc/keepalived
            printf '        10.0.0.10/24 dev v0\\n        fd00::10/64 dev v0 preferred_lft 0\\n' >/etc/keepalived/keepalived.conf; ${before ?: ':'}"""
        def text = script(folder.toString(), "rm /etc/keepalived/keepalived.conf; ${change ?: ':'}; ip address del 10.0.0.3/24 dev v0").replace('show >before', "$pair; show >before")

        when:
        def process = new ProcessBuilder('unshare', '-rnm', 'sh', '-c', text).redirectErrorStream(true).start()
        def said = process.inputStream.text

        then:
        process.waitFor() == 0 || !said
        def after = folder.resolve('after').toFile().text
        after.contains(' 10.0.0.3/24 ')
        [' 10.0.0.10/24 ', ' fd00::10/64 '].every { after.contains(it) == master }

        where:
        what                      | before      | change      | master
        'which it is no more'     | HOLDS       | LEAVES      | false
        'which it has become'     | ''          | HOLDS       | true
        'which it is'             | HOLDS       | ''          | true
    }

    static final String HOLDS = 'ip address add 10.0.0.10/24 dev v0; ip address add fd00::10/64 dev v0 nodad'
    static final String LEAVES = 'ip address del 10.0.0.10/24 dev v0; ip address del fd00::10/64 dev v0'

    def 'all is what it was: #what'() {
        given:
        Files.createDirectories(folder.resolve('home/runs/r1'))
        Files.writeString(folder.resolve('home/runs/r1/undo.1'), '')
        Files.writeString(folder.resolve('home/guard'), GuardProgram.text())

        when:
        def process = new ProcessBuilder('unshare', '-rnm', 'sh', '-c', script(folder.toString(), change)).redirectErrorStream(true).start()
        def said = process.inputStream.text

        then:
        process.waitFor() == 0 || !said
        folder.resolve('changed').toFile().text != folder.resolve('before').toFile().text
        folder.resolve('after').toFile().text == folder.resolve('before').toFile().text

        and: 'leases last no longer than they did, and not much shorter'
        def lives = { String name -> folder.resolve(name).toFile().readLines().collect { (it =~ /(?:valid|preferred)_lft (\d+)sec/).collect { it[1] as int } } }
        lives('lives').size() == 2
        [lives('lives').flatten(), lives('lives.after').flatten()].transpose().every { before, after -> after <= before && after > before - 60 }

        where:
        what                                | change
        'an interface went down and up'     | 'ip link set v0 down; ip link set v0 up'
        'its addresses were replaced'       | 'ip address flush dev v0; ip address add 10.0.0.9/24 dev v0; ip address add fd00::6/64 dev v0 nodad'
        'a leased address was made to last' | 'ip address replace 10.0.0.9/24 dev v0; ip route replace default via 10.0.7.1'
        'nexthops and neighbours changed'   | 'ip nexthop replace id 15 via 10.0.0.4 dev v0; ip nexthop add id 16 blackhole; ip neighbour replace 10.0.0.77 lladdr 02:00:00:00:00:66 dev v0 nud permanent; ip neighbour add 10.0.0.99 lladdr 02:00:00:00:00:99 dev v0 nud permanent; ip neighbour del proxy 10.0.0.78 dev v0'
    }

    def 'all is what it was though the disk is almost full by then: #left left'() {
        given:
        Files.createDirectories(folder.resolve('home/runs/r1'))
        Files.writeString(folder.resolve('home/runs/r1/undo.1'), '')
        Files.writeString(folder.resolve('home/guard'), GuardProgram.text())
        String change = "ip address flush dev v0; ip link set v0 down; dd if=/dev/zero of=home/full bs=1k 2>/dev/null; truncate -s -$left home/full"
        String text = script(folder.toString(), change).replace("cd $folder", "cd $folder; cp -a home were; mount -t tmpfs -o size=800k none home; cp -a were/. home")
                .replace('show >after', 'show >after; df -k home >disk; ls home/runs/r1 >saved')

        when:
        def process = new ProcessBuilder('unshare', '-rnm', 'sh', '-c', text).redirectErrorStream(true).start()
        def said = process.inputStream.text

        then:
        process.waitFor() == 0 || !said
        folder.resolve('changed').toFile().text != folder.resolve('before').toFile().text
        folder.resolve('after').toFile().text == folder.resolve('before').toFile().text
        folder.resolve('disk').toFile().text =~ /\s800\s+7\d\d\s/
        !folder.resolve('saved').toFile().readLines().contains('missed')

        where:
        left << ['8K', '16K', '40K']
    }

    def 'what was there before a run, and is there when it is undone much later, stays'() {
        given:
        Files.createDirectories(folder.resolve('home/runs/r1'))
        Files.writeString(folder.resolve('home/runs/r1/undo.1'), "run 1 'ip' 'address' 'flush' 'dev' 'v0'\n")
        Files.writeString(folder.resolve('home/guard'), GuardProgram.text())
        String change = '''guard confirm r1
            ip address del 10.0.7.6/24 dev v0; ip address add 10.80.0.1/24 dev v0
            guard lock r2 me'''
        String text = script(folder.toString(), change).replace('guard fire r1 why', 'guard revert r2 r1 why')

        when:
        def process = new ProcessBuilder('unshare', '-rnm', 'sh', '-c', text).redirectErrorStream(true).start()
        def said = process.inputStream.text
        process.waitFor()
        def after = folder.resolve('after').toFile().text

        then:
        said.readLines()*.strip() == ['r1', 'r1 confirmed']
        ['10.0.0.9/24', '10.0.0.3/24', 'fd00::5/64', '10.52.0.0/16', '10.61.0.0/16', 'fd01::/64'].every { after.contains(it) }
        !after.contains('10.0.7.6')
        !Files.exists(folder.resolve('home/runs/r1/missed'))
    }

    def 'an interface that somebody made meanwhile keeps what it has'() {
        given:
        Files.createDirectories(folder.resolve('home/runs/r1'))
        Files.writeString(folder.resolve('home/runs/r1/undo.1'), '')
        Files.writeString(folder.resolve('home/guard'), GuardProgram.text())

        when: 'as a container does; and what is added to one that was there goes'
        String change = '''ip link add c0 type veth peer c1; ip link set c0 up; ip link set c1 up; ip address add 10.77.0.1/24 dev c0
            ip address add fd00:77::1/64 dev c0 nodad; ip route add 10.78.0.0/16 via 10.77.0.2; ip route add 10.79.0.0/16 via 10.0.0.2
            ip neighbour add 10.77.0.9 lladdr 02:00:00:00:00:79 dev c0 nud permanent; ip address add 10.80.0.1/24 dev v0'''
        def process = new ProcessBuilder('unshare', '-rnm', 'sh', '-c', script(folder.toString(), change).replace('show >after', 'show >after; ip -o address show dev c0 >others')).redirectErrorStream(true).start()
        process.inputStream.text
        process.waitFor()
        def after = folder.resolve('after').toFile().text
        def others = folder.resolve('others').toFile().text

        then:
        others.contains('10.77.0.1/24') && others.contains('fd00:77::1/64')
        after.contains('10.78.0.0/16 via 10.77.0.2') && after.contains('10.77.0.9 dev c0')
        !after.contains('10.79.0.0/16') && !after.contains('10.80.0.1')
    }

    def 'the routes of a routing daemon are left to it'() {
        given:
        Files.createDirectories(folder.resolve('home/runs/r1'))
        Files.writeString(folder.resolve('home/runs/r1/undo.1'), '')
        Files.writeString(folder.resolve('home/guard'), GuardProgram.text())

        when:
        String change = 'ip route del 10.70.0.0/16; ip route add 10.71.0.0/16 via 10.0.0.2 proto 186; ip route del 10.50.0.0/16'
        new ProcessBuilder('unshare', '-rnm', 'sh', '-c', script(folder.toString(), change).replace('show >before', 'ip route add 10.70.0.0/16 via 10.0.0.2 proto bird; show >before'))
                .inheritIO().start().waitFor()
        def routes = folder.resolve('after').toFile().readLines()

        then: 'they are not saved, of which there may be a million, nor are secrets of the kernel'
        def saved = folder.resolve('home/runs/r1/listings')
        saved.resolve('routes-4').toFile().text.contains('10.50.') && !saved.resolve('routes-4').toFile().text.contains('10.70.')
        !saved.resolve('settings').toFile().text.contains('stable_secret')
        !routes.any { it.startsWith('10.70.') }
        routes.any { it.startsWith('10.71.') }
        routes.any { it.startsWith('10.50.') }
    }
}
