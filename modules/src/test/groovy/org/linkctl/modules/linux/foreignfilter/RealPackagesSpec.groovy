package org.linkctl.modules.linux.foreignfilter

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.model.Host
import org.linkctl.modules.Inventories
import org.linkctl.modules.Modules
import org.linkctl.plan.Planned
import org.linkctl.plan.Planner
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Published
import org.linkctl.spi.Scope
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/**
 * The packages ufw and docker.io themselves, in namespaces of their own with a copy of /etc: what they have loaded is the same to the
 * byte when linkctl's tables come, change and go, and linkctl says what they stop.
 */
class RealPackagesSpec extends Specification {
    private static final String NETWORK = '''
        set -eu
        cp -a /etc $1/etc; mount --bind $1/etc /etc
        for root in /run /var/lib; do mount -t tmpfs -o mode=0755 tmpfs $root; done
        mount -t sysfs sysfs /sys; mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null || true
        mkdir -p /run/netns /run/linkctl
        ip link set lo up
        ip link add eth0 type veth peer name far0; ip link set eth0 up; ip link set far0 up
        ip address add 203.0.113.9/24 dev eth0; ip address add 2001:db8::9/64 dev eth0 nodad; ip address add 10.1.0.1/16 dev far0
        for n in 0 9; do ip link add wg$n type bridge; ip link set wg$n up; done
        ip address add 10.0.0.1/24 dev wg9
        trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
        others() {
            for save in iptables-save ip6tables-save; do $save | sed '/^#/d; s/\\[[0-9]*:[0-9]*]//'; done
            nft list tables | grep -v ' linkctl' | while read -r _table family name; do nft -s list table $family $name 2>/dev/null; done
        }
        same() { others | cmp /run/before - && echo "$1: the same"; }
        load() { for file in $1/*.nft; do nft -f $file; done; nft list tables | grep -c ' linkctl'; }
        '''.stripIndent()

    @TempDir Path folder

    static boolean there(String... programs) {
        def missing = (['unshare', 'ip', 'nft', 'iptables-save'] + programs.toList()).findAll { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        if (!missing && ['unshare', '-nm', 'true'].execute().waitFor() != 0) missing << 'leave to make namespaces'
        if (missing) println "RealPackagesSpec: nothing is seen of ${programs.first()}: there is no ${missing.join(', ')}"
        !missing
    }

    private Host host
    private Scope scope
    private List<Planned<?, ?>> wants

    private List<Planned<?, ?>> plan(int port) {
        def inventory = folder.resolve("net${port}.groovy")
        Files.writeString(inventory, """fabric('net') {
            site('a', lan: '10.1.0.0/16') {
                host('gw', os: LINUX, ssh: 'ops@192.0.2.1') {
                    nic('eth0', address: ['203.0.113.9/24', '2001:db8::9/64']); nic('far0', address: '10.1.0.1/16')
                    firewall(policy: DROP) { nat(outbound: 'eth0', from: '10.1.0.0/16', address: '203.0.113.9'); allow(inbound: 'eth0', proto: TCP, port: $port); allow(inbound: 'eth0', proto: TCP, port: 22) }
                }
            }
            site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'ops@192.0.2.2') { nic('eth0', address: '10.2.0.1/16') } }
            site('ch') { host('web-ch', os: LINUX, ssh: 'ops@web-ch.example') }
            tunnel('wg0', keepalive: 25) { end('gw', port: 5000, address: '10.255.0.1/30'); end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2') }
            route(between: ['a', 'b'], via: ['wg0'])
            hub('wg9', on: 'gw', port: 1337, address: '10.0.0.1/24', endpoint: '203.0.113.9', keepalive: 25) { spoke('web-ch', address: '10.0.0.2/24') }
            publish('web', on: 'gw', address: '203.0.113.9', tcp: $port, to: 'web-ch')
        }""")
        def fabric = Inventories.load(inventory.toFile())
        new Planner(Modules.all()).plan(new Scope(fabric, fabric.host('gw').get(), Published.NOTHING))
    }

    /** The files of nftables that linkctl would have on the host, into a folder; gives what asks and warns of others' rules. */
    private Planned<?, ?> tables(String name, int port) {
        def wants = plan(port)
        def dir = Files.createDirectories(folder.resolve(name))
        wants.collectMany { it.assessBare().steps() }.findAll { it instanceof Step.PutFile && it.path().endsWith('.nft') && !it.path().contains('fallback') }
                .each { Files.writeString(dir.resolve(Path.of(it.path()).fileName), it.content().text()) }
        wants.find { it.module() == 'linux.foreign-filter' }
    }

    /** What the script says; and what linkctl would warn of by what was loaded then. */
    private List<List<String>> run(String script) {
        def foreign = tables('first', 443)
        tables('second', 8443)
        def questions = foreign.probe()
        def asking = questions.withIndex().collect { it, n -> "{ ${it.argv().render()}; } >\$1/out.$n 2>\$1/err.$n && echo 0 >\$1/rc.$n || echo \$? >\$1/rc.$n" }
        Files.writeString(folder.resolve('script'), NETWORK + script + '\n' + asking.join('\n') + '\n')
        def process = new ProcessBuilder('unshare', '-nm', '--kill-child', 'bash', folder.resolve('script').toString(), folder.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve('said').toFile()).start()
        if (!process.waitFor(180, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
        def said = folder.resolve('said').toFile().readLines()
        if (process.exitValue() != 0) return [said, []]
        def text = { String name -> folder.resolve(name).toFile().text }
        def answers = new Answers(questions.withIndex().collectEntries { it, n ->
            [it, new Answer.Output(text("rc.$n").strip() as int, text("out.$n"), text("err.$n"))]
        })
        [said, foreign.warnings(answers)]
    }

    private static final String THROUGH = '''
        others >/run/before
        load $1/first; same loaded
        load $1/second; same changed
        nft list tables | grep ' linkctl' | while read -r _table family name; do nft delete table $family $name; done; same gone
        load $1/first >/dev/null
        '''.stripIndent()

    @Requires({ RealPackagesSpec.there('ufw') })
    def 'ufw'() {
        when:
        def (said, warnings) = run('ufw --force enable >/dev/null; ufw allow 22/tcp >/dev/null; ufw status | head -1\n' + THROUGH)

        then:
        said == ['Status: active', '3', 'loaded: the same', '3', 'changed: the same', 'gone: the same']
        warnings.any { it.contains("ufw's rules (iptables filter INPUT) drop udp to port 1337, tcp to port 443") && it.contains('`ufw allow 1337/udp`') }
        warnings.any { it.contains("ufw's rules (iptables filter FORWARD) drop what goes from far0 to wg0") && it.contains('`ufw route allow in on far0 out on wg0`') }
    }

    @Requires({ RealPackagesSpec.there('dockerd', 'containerd', 'docker') })
    def 'docker.io'() {
        when:
        def (said, warnings) = run('''
            containerd --root $1/c --state /run/containerd --address /run/containerd.sock >/run/c.log 2>&1 &
            n=0; until [ -S /run/containerd.sock ]; do n=$((n + 1)); [ $n -lt 300 ] || { tail -3 /run/c.log; exit 1; }; sleep 0.1; done
            dockerd --containerd /run/containerd.sock --data-root $1/d --exec-root /run/docker --pidfile /run/dockerd.pid -H unix:///run/docker.sock \\
                --storage-driver vfs >/run/d.log 2>&1 &
            n=0; until docker -H unix:///run/docker.sock info >/dev/null 2>&1; do n=$((n + 1)); [ $n -lt 300 ] || { tail -3 /run/d.log; exit 1; }; sleep 0.1; done
            iptables-save | grep -c DOCKER-USER | sed 's/^[1-9].*/its rules are there/'
            '''.stripIndent() + THROUGH)

        then:
        said == ['its rules are there', '3', 'loaded: the same', '3', 'changed: the same', 'gone: the same']
        warnings.any { it.contains("Docker's rules (iptables filter FORWARD) drop what goes from far0 to wg0") }
    }
}
