package org.linkctl.lab

import com.fasterxml.jackson.databind.ObjectMapper
import java.time.Duration
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag

/** Real hosts: what the lab promises of them. One lab for all features, which follow each other. */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.wanted() })
class HostsLabSpec extends Specification {
    private static final String BOND = '''
        cat >/etc/systemd/network/10-bond0.netdev <<E
[NetDev]
Name=bond0
Kind=bond
[Bond]
Mode=802.3ad
MIIMonitorSec=100ms
LACPTransmitRate=fast
TransmitHashPolicy=layer3+4
E
        printf '[Match]\\nName=eth1 eth2 eth3\\n[Network]\\nBond=bond0\\n' >/etc/systemd/network/11-members.network
        printf '[Match]\\nName=bond0\\n[Network]\\nAddress=10.2.3.4/24\\nAddress=fd00:a::4/64\\n' >/etc/systemd/network/12-bond0.network
        networkctl reload
    '''

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared List<Long> pids

    def cleanupSpec() {
        temporary?.close()
    }

    private String run(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    /** Answers true, so that it can be a condition; throws when the time is over. */
    private static boolean eventually(String what, int seconds, Closure<Boolean> condition) {
        Poll.until(what, Duration.ofSeconds(seconds), { condition() as boolean })
        true
    }

    /** What is looked at where the ports are not there in time. */
    private static final String PORTS = 'cat /proc/net/bonding/bond0; ip -d -s link; networkctl --no-pager; journalctl -b -u systemd-networkd --no-pager | tail -n 40; dmesg | tail -n 40'

    private boolean ports(int count, int seconds) {
        try {
            return eventually("$count ports", seconds) { bond().contains("\tNumber of ports: $count\n") }
        } catch (LabException e) {
            ['a-gw', 'sw'].each { println "== $it\n${lab.exec(it, PORTS).stdout()}" }
            throw e
        }
    }

    private String bond() {
        lab.exec('a-gw', 'cat /proc/net/bonding/bond0').stdout()
    }

    def 'the image builds, or is there, and four hosts are cloned from it in less than their boot would take'() {
        given:
        Image.ensure { println it }
        long start = System.nanoTime()

        when:
        temporary = Lab.temporary(Topologies.twoSites(3), { println it })
        lab = temporary.lab()
        def took = Duration.ofNanos(System.nanoTime() - start)
        pids = lab.status()*.pid()
        println "four hosts in ${took.toMillis() / 1000} s"

        then:
        lab.status().every { it.running() && it.answers() }
        took < Duration.ofMinutes(3)
    }

    def 'clones are hosts of their own'() {
        when:
        def names = ['a-gw', 'a-app', 'b-gw', 'sw']
        def script = 'hostname; cat /etc/machine-id; cut -d" " -f1,2 /etc/ssh/ssh_host_ed25519_key.pub; od -An -tx8 -N16 /dev/urandom'
        def ids = names.collect { run(it, script).readLines() }

        then: 'name, machine-id, host key and random numbers differ'
        ids*.get(0) == names
        (1..3).every { i -> ids*.get(i).toSet().size() == 4 }

        and: 'the host keys are those that the lab wrote down'
        ids*.get(2).every { lab.knownHosts().toFile().text.contains(it) }

        and: 'the clock is right'
        Math.abs(run('a-gw', 'date +%s').toLong() - System.currentTimeMillis().intdiv(1000)) < 10
    }

    def 'a bare host installs packages without a network'() {
        expect:
        lab.exec('a-gw', 'command -v wg || command -v iperf3').exit() != 0
        run('a-gw', 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y wireguard-tools iperf3')
        run('a-gw', 'wg genkey').length() == 44
    }

    def 'users have the rights that linkctl must cope with'() {
        given:
        def as = { user, script ->
            Commands.run(['ssh', '-F', lab.sshConfig().toString(), user + '@a-gw', script], '', Duration.ofMinutes(2))
        }

        expect:
        as('ops', 'sudo -n id -u && doas -n id -u').stdout() == '0\n0\n'
        as('pw', 'sudo -n id -u').exit() != 0
        as('pw', 'doas -n id -u').exit() != 0
        as('pw', 'echo lab-password | sudo -S id -u').stdout() == '0\n'
    }

    def 'LACP passes the wires: three ports, one aggregator, the switch as partner'() {
        given:
        run('a-gw', BOND)

        expect:
        ports(3, 60)
        bond().contains('Partner Mac Address: ' + run('sw', 'cat /sys/class/net/bond0/address'))
    }

    def 'the data centre route appears with the bond: #address answers'() {
        expect:
        eventually("ping $address", 60) { lab.exec('a-gw', "ping -c1 -W2 $address").exit() == 0 }

        where:
        address << ['10.2.3.6', '203.0.113.1', 'fd00:89::1']
    }

    def 'a cut wire is seen by the bond, and a restored one again'() {
        when:
        lab.wires().cut('a-gw', 'eth2')

        then:
        ports(2, 60)

        when:
        lab.wires().restore('a-gw', 'eth2')

        then:
        ports(3, 60)
    }

    /** Mbit/s of frames: iperf3 counts payload and tc frames; 1448 bytes of each full frame's 1514 are TCP's payload. */
    private double measured(String direction) {
        def report = run('a-gw', "iperf3 -J -t 12 -O 2 $direction -c 10.2.3.6")
        new ObjectMapper().readTree(report).at('/end/sum_received/bits_per_second').asDouble() / 1e6 * 1514 / 1448
    }

    def 'a shaped wire carries its rate and no more #direction'() {
        given:
        def mbit = 4
        run('a-app', 'command -v iperf3 || DEBIAN_FRONTEND=noninteractive apt-get install -y iperf3')
        run('a-app', 'systemctl stop iperf3; pkill -x iperf3; iperf3 -s -D')
        lab.wires().shape('a-app', 'eth1', mbit)

        expect: 'never more; and its rate, though a machine that stands still for seconds may spoil two measurements'
        (1..3).any {
            def before = lab.wires().counters('a-app', 'eth1')
            def got = measured(direction)
            def carried = lab.wires().counters('a-app', 'eth1').since(before)
            println "shaped to $mbit Mbit/s: got $got"
            assert got < 1.15 * mbit
            got > 0.85 * mbit && (direction == '-R' ? carried.txBytes() : carried.rxBytes()) > 0.85 * mbit * 12e6 / 8
        }

        cleanup:
        lab.wires().shape('a-app', 'eth1', 0)

        where:
        direction << ['', '-R']
    }

    def 'a lossy wire loses about what it was told to'() {
        given:
        lab.wires().shape('a-app', 'eth1', 0, 20)

        when:
        def out = lab.exec('a-gw', 'ping -q -i 0.05 -c 200 10.2.3.6').stdout()
        def loss = (out =~ /([0-9.]+)% packet loss/)[0][1] as double

        then: 'lost on the way there or back: 1 - 0.8 * 0.8 = 36 %'
        loss > 20
        loss < 52

        cleanup:
        lab.wires().shape('a-app', 'eth1', 0)
    }

    def 'a #how keeps identity, wires, bond and route'() {
        given:
        def who = 'hostname; cat /etc/machine-id; ls /sys/class/net | grep eth'
        def before = run('a-gw', who)
        def boot = run('a-gw', 'cat /proc/sys/kernel/random/boot_id; sync')

        when:
        lab."$how"('a-gw')

        then:
        run('a-gw', 'cat /proc/sys/kernel/random/boot_id') != boot
        run('a-gw', who) == before
        ports(3, 90)
        eventually('ping', 60) { lab.exec('a-gw', 'ping -c1 -W2 203.0.113.1').exit() == 0 }

        where:
        how << ['reboot', 'crash']
    }

    def 'the end leaves no process and no file'() {
        given:
        def folder = lab.sshConfig().parent

        when:
        temporary.close()

        then:
        pids.every { !new File("/proc/$it/cmdline").exists() || new File("/proc/$it/cmdline").text.empty }
        ProcessHandle.allProcesses().noneMatch { it.info().commandLine().orElse('').contains(folder.toString()) }
        !folder.toFile().exists()
    }
}
