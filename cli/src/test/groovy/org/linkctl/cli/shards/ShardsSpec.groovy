package org.linkctl.cli.shards

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.cli.HostServer
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir
import spock.lang.Timeout

/**
 * Three linkctl at once over three sites in a ring, each site's host in another shard, so that every tunnel and every route lies
 * between two of them. Hosts are network namespaces; the command line is the one that docs/scale.md gives a Kubernetes Job.
 */
@Timeout(300)
@Stepwise
@Requires({ ShardsSpec.possible() })
class ShardsSpec extends Specification {
    static final HOSTS = ['a-gw', 'b-gw', 'c-gw']
    static final SHARDS = [1: 'a-gw', 2: 'c-gw', 3: 'b-gw']

    @Shared @TempDir Path folder
    @Shared Map<String, Process> spaces = [:]
    @Shared HostServer server
    @Shared File config

    static boolean possible() {
        def tried = ['unshare', '-n', 'sh', '-c', '''
            ip link add v0 type veth peer name v1 && ip link add sw type bridge && ping -V >/dev/null &&
            ip link add vx0 type vxlan id 1 local 192.0.2.1 remote 192.0.2.2 dstport 5000'''].execute()
        def said = tried.err.text
        if (tried.waitFor() != 0) println "ShardsSpec: no hosts were made: $said"
        tried.exitValue() == 0
    }

    def setupSpec() {
        space('switch')
        within('switch', 'ip link add sw type bridge; ip link set sw up')
        HOSTS.eachWithIndex { name, i ->
            space(name)
            sh("ip link add v$i netns ${spaces.switch.pid()} type veth peer name eth0 netns ${spaces[name].pid()}")
            within('switch', "ip link set v$i master sw up")
            within(name, """
                ip link set lo up; ip address add 192.0.2.${i + 1}/24 dev eth0; ip link set eth0 up
                for n in 1 2 3 4 5 6 7 8; do ip address add 10.${i + 1}.0.\$n/32 dev lo; done
                for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 >\$f; done
                """)
        }
        server = new HostServer(Files.createDirectories(folder.resolve('units')).toFile())
        server.shell = { String login, String command -> ['nsenter', '-t', spaces[login].pid(), '-n', '/bin/sh', '-c', command] }
        config = server.config(folder.toFile())
        // Nothing of this may happen in the network of the machine itself.
        assert ssh('a-gw', 'readlink /proc/self/ns/net').trim() == sh("readlink /proc/${spaces['a-gw'].pid()}/ns/net").trim()
        def java = [Path.of(System.getProperty('java.home'), 'bin', 'java'), '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-cp',
                    System.getProperty('java.class.path').split(':').collect { Path.of(it).toAbsolutePath() }.join(':')]
        folder.resolve('bin').toFile().mkdir()
        folder.resolve('bin/linkctl').toFile().with {
            text = "#!/bin/sh\nexec '${java.join("' '")}' ${ShardProcess.name} '$folder/hosts/%h' \"\$@\" -F '$config'\n"
            executable = true
        }
    }

    def cleanupSpec() {
        server?.close()
        spaces.values().each { it.destroyForcibly() }
    }

    private void space(String name) {
        def made = new ProcessBuilder('unshare', '-n', 'sh', '-c', 'echo ready; exec sleep 600').start()
        assert made.inputReader().readLine() == 'ready'
        spaces[name] = made
    }

    private String ssh(String login, String command) {
        new ProcessBuilder('ssh', '-F', "$config", "$login@any", command).redirectErrorStream(true).start().inputStream.text
    }

    private static String sh(String script) {
        def one = new ProcessBuilder('sh', '-ec', script).redirectErrorStream(true).start()
        def said = one.inputStream.text
        assert one.waitFor() == 0: "$script: $said"
        said
    }

    private String within(String name, String script) { sh("exec nsenter -t ${spaces[name].pid()} -n sh -ec '$script'") }

    private void inventory(int port, String via = "['%s0', '%s1']") {
        def ends = [['ab', 'a-gw', 'b-gw'], ['bc', 'b-gw', 'c-gw'], ['ca', 'c-gw', 'a-gw']]
        int net = 0
        folder.resolve('fleet.groovy').toFile().text = """fabric('ring') {
            ${HOSTS.withIndex().collect { name, i -> "site('${name[0]}', lan: '10.${i + 1}.0.0/24') { host('$name', os: LINUX, ssh: '$name@192.0.2.${i + 1}', become: NONE) { nic('eth0', address: '192.0.2.${i + 1}/24') } }" }.join('\n')}
            ${ends.collectMany { group, one, other -> (0..1).collect { n -> net += 4; """tunnel('$group$n') {
                end('$one', port: ${port + net / 4 as int}, address: '10.255.0.${net + 1}/30', endpoint: '192.0.2.${HOSTS.indexOf(one) + 1}')
                end('$other', port: ${port + net / 4 as int}, address: '10.255.0.${net + 2}/30', endpoint: '192.0.2.${HOSTS.indexOf(other) + 1}') }""" } }.join('\n')}
            ${ends.collect { group, one, other -> "route(between: ['${one[0]}', '${other[0]}'], via: ${via.replace('%s', group)}, hash: L4)" }.join('\n')}
        }"""
    }

    /** The command that docs/scale.md gives each pod of a Kubernetes Job, with what Kubernetes sets. */
    private Process shard(int number, String more = '') {
        def line = Files.readAllLines(Path.of('../docs/scale.md')).find { it.contains('linkctl apply') && it.contains('JOB_COMPLETION_INDEX') }.trim()
        def out = folder.resolve("shard${number}.txt").toFile()
        new ProcessBuilder('sh', '-ec', "$line $more".toString()).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(out).tap {
            environment() << [JOB_COMPLETION_INDEX: "${number - 1}".toString(), SHARDS: '3', XDG_STATE_HOME: "$folder/state$number".toString()]
            environment().PATH = "$folder/bin:${environment().PATH}".toString()
        }.start()
    }

    private int linkctl(String words) {
        def one = new ProcessBuilder('sh', '-ec', "exec linkctl $words".toString()).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve('one.txt').toFile()).tap { environment().PATH = "$folder/bin:${environment().PATH}".toString() }.start()
        one.waitFor()
    }

    private String said(int number) { "shard $number:\n" + folder.resolve("shard${number}.txt").toFile().text }

    private boolean allEnd(List<Process> shards) {
        assert shards.every { it.waitFor(200, TimeUnit.SECONDS) }
        def statuses = shards*.exitValue()
        assert statuses.every { it == 0 }: "$statuses\n" + (1..3).collect { said(it) }.join('\n')
        true
    }

    private List<String> ports() { HOSTS.collectMany { (within(it, 'ip -d -o link show type vxlan') =~ /dstport (\d+)/).collect { it[1] } } }

    /** Pings from each site to the others, by eight pairs of addresses each, so that both tunnels of a route are used. */
    private Map<String, Process> pings() {
        [HOSTS, HOSTS].combinations().findAll { it[0] != it[1] }.collectMany { from, to ->
            (1..8).collect { n ->
                int a = HOSTS.indexOf(from) + 1
                int b = HOSTS.indexOf(to) + 1
                ["$from to $to, $n".toString(), new ProcessBuilder('nsenter', '-t', "${spaces[from].pid()}", '-n', 'ping', '-q', '-i', '0.2', '-I', "10.${a}.0.$n", "10.${b}.0.$n").redirectErrorStream(true).start()]
            }
        }.collectEntries { it }
    }

    private static Map<String, String> lost(Map<String, Process> pings) {
        pings.values().each { new ProcessBuilder('kill', '-INT', "${it.pid()}").start().waitFor() }
        pings.collectEntries { name, ping -> [name, ping.inputStream.text.readLines().find { it.contains('packets transmitted') }] }
                .findAll { name, sum -> !(sum =~ /(\d+) packets transmitted, (\d+) received/).with { it.find() && (it.group(1) as int) - (it.group(2) as int) <= 1 && (it.group(1) as int) > 5 } }
    }

    def 'from nothing: three processes make what lies between their hosts'() {
        given:
        inventory(5000)

        expect:
        allEnd((1..3).collect { shard(it) })
        ports().countBy { it } == (5001..5006).collectEntries { ["$it".toString(), 2] }
        linkctl('plan fleet.groovy --detailed-exitcode') == 0
        linkctl('verify fleet.groovy --shard 2/3') == 0
        folder.resolve('one.txt').toFile().text.readLines().findAll { it in HOSTS } == ['c-gw']
    }

    def 'a route over two tunnels never loses both: every port changes at both ends, and no ping is lost'() {
        given:
        inventory(6000)
        def pings = pings()

        when:
        allEnd((1..3).collect { shard(it) })
        def lost = lost(pings)

        then: 'but for one that was on its way when ping ended'
        lost == [:]
        ports().countBy { it } == (6001..6006).collectEntries { ["$it".toString(), 2] }
        linkctl('plan fleet.groovy --detailed-exitcode') == 0
    }

    def 'each host is in the plan of one shard'() {
        given:
        inventory(7000)

        expect:
        SHARDS.every { number, name ->
            assert linkctl("plan fleet.groovy --shard $number/3 --detailed-exitcode") == 2
            def hosts = folder.resolve('one.txt').toFile().text.findAll(/(?m)^\S+(?= \(site)/)
            assert hosts == [name]
            true
        }
    }

    def 'what alone differs is a route over tunnels that are as they should be: it is done, too; a second run that cannot ask changes nothing, and the first is told'() {
        given:
        inventory(6000, "['%s0']")

        expect:
        linkctl('apply fleet.groovy --shard 2/3') == 1
        ['Paths to hosts of other shards, in their own run: There is no terminal to ask on, so nothing was changed.', 'Apply: 0 of 1 host converged'].every {
            assert folder.resolve('one.txt').toFile().text.contains(it)
            true
        }
        allEnd((1..3).collect { shard(it) })
        linkctl('plan fleet.groovy --detailed-exitcode') == 0
    }

    /** The routes of a host by where they lead, and the tunnels of each. */
    private Map<String, Set<String>> routes(String name) {
        def out = [:].withDefault { [] as Set }
        String to = ''
        within(name, 'ip -4 route show').readLines().each { line ->
            def begins = line =~ /^(10\.\d\.0\.0\/24)/
            if (begins.find()) to = begins.group(1)
            else if (!line.startsWith('\t')) to = ''
            def device = line =~ /dev ([a-z]{2}\d)/
            if (to && device.find()) out[to] << device.group(1)
        }
        out
    }

    private void killed(Process one) {
        def all = [one.toHandle()] + one.descendants().toList()
        all*.destroyForcibly()
        one.waitFor()
    }

    def 'one is killed while a tunnel that it shares is out of the routes: its hosts go back, its locks hold nobody up, and the others and its next try do all of it'() {
        given:
        inventory(6000)
        allEnd((1..3).collect { shard(it) })
        assert HOSTS.every { routes(it).values().every { it.size() == 2 } }
        inventory(8000)
        def one = shard(2, '--confirm-within 20s')

        when: 'it has all three hosts in its second run'
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90)
        boolean drained = false
        while (!drained && one.alive && System.nanoTime() < end) drained = routes('c-gw').values().any { it.size() == 1 }
        def locked = HOSTS.findAll { Files.exists(folder.resolve("hosts/$it/lock")) }
        killed(one)

        then:
        drained
        locked == HOSTS

        when: 'the others begin at once, and it is tried again as a Job does'
        long begun = System.nanoTime()
        allEnd([1, 3, 2].collect { shard(it) })
        println "ShardsSpec: ${TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)} s after one was killed all was done"

        then: 'nothing is left of it: no lock, no mark, no tunnel out of a route, no undo that is due'
        ports().countBy { it } == (8001..8006).collectEntries { ["$it".toString(), 2] }
        HOSTS.every { routes(it).values().every { it.size() == 2 } }
        HOSTS.every { name ->
            def kept = folder.resolve("hosts/$name").toFile()
            assert kept.list().findAll { it.startsWith('lock') || it == 'armed' } == []
            assert !new File(kept, 'drained').list()
            true
        }
        linkctl('plan fleet.groovy --detailed-exitcode') == 0
        linkctl('verify fleet.groovy') == 0
    }
}
