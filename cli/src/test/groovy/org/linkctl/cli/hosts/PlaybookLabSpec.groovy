package org.linkctl.cli.hosts

import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Path
import org.linkctl.lab.Lab
import org.linkctl.lab.TemporaryLab
import org.linkctl.lab.Topologies
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag

/** Shipped playbooks on the hosts of the demo, each one twice. */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('PlaybookLabSpec, the shipped playbooks') })
class PlaybookLabSpec extends Specification {
    private static final Path INVENTORY = Path.of('../inventories/lab.groovy')

    @Shared TemporaryLab temporary
    @Shared Lab lab

    def setupSpec() {
        temporary = Lab.temporary(Topologies.twoSites(3, Topologies.Nat.SITE_A), { println it })
        lab = temporary.lab()
        assert Command.run('apply', INVENTORY, '-F', lab.sshConfig(), '--color', 'never', '--yes', '--connect-timeout', '60s').status == 0
    }

    def cleanupSpec() {
        temporary?.close()
    }

    private Command playbook(String name, Object... more) {
        def run = Command.run('run', Path.of('../playbooks', "${name}.groovy"), INVENTORY, '--yes', '-F', lab.sshConfig(),
                '--color', 'never', '--connect-timeout', '60s', *more)
        println run
        run
    }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    private List<String> psks() {
        ['a-gw', 'b-gw'].collect { on(it, "for i in ab0 ab1 ab2; do wg show \$i preshared-keys; done | cut -f2") }
    }

    def 'rotate-psk gives each tunnel a new key, the same at both ends (#time)'() {
        given:
        def before = psks()

        when:
        def run = playbook('rotate-psk', '-e', 'tunnels=ab')
        def after = psks()

        then:
        run.status == 0
        run.sum() == 'Playbook rotate-psk: 7 of 7 steps done'
        after[0] == after[1]
        after[0].readLines().intersect(before[0].readLines()) == []

        where:
        time << ['first', 'second']
    }

    def 'a drained tunnel carries nothing, and is put back when a step fails'() {
        given:
        Path file = java.nio.file.Files.createTempFile('drain', '.groovy')
        java.nio.file.Files.writeString(file, '''
            playbook('drained', about: 'a failure while a tunnel is drained') {
                drain('ab1')
                verify()
                command('a-gw', ['ip', 'route', 'show', '10.5.6.0/24'], lacks: 'dev ab1 ')
                command('b-gw', ['ip', 'route', 'show', '10.2.3.0/24'], lacks: 'dev ab1 ')
                command('a-gw', ['false'])
            }
            '''.stripIndent())

        when:
        def run = Command.run('run', file, INVENTORY, '--yes', '-F', lab.sshConfig(), '--color', 'never', '--connect-timeout', '60s')
        println run

        then:
        run.status == 5
        run.out.contains('4 of 5 steps done; step 5 failed: false on a-gw ended with status 1')
        run.out.contains('This run leaves nothing drained.')
        on('a-gw', 'ip route show 10.5.6.0/24').contains('dev ab1 ')
        on('b-gw', 'ip route show 10.2.3.0/24').contains('dev ab1 ')
        Command.run('plan', INVENTORY, '-F', lab.sshConfig(), '--color', 'never', '--detailed-exitcode').status == 0
    }

    def 'failover-drill stops a tunnel, tells what that cost, and mends it (#time)'() {
        given:
        ['a-gw', 'b-gw'].each { on(it, 'command -v iperf3 || DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends iperf3') }

        when:
        def run = playbook('failover-drill', '-e', 'tunnel=ab0', '-e', 'most=120')

        then:
        run.status == 0
        run.sum() == 'Playbook failover-drill: 10 of 10 steps done'
        run.err =~ /\d+ of \d+ packets lost, [0-9.]+ s without an answer at most; TCP [0-9.]+ s without data at most, \d+ of 16 connections/
        run.err =~ /done: after \d+\.\d s/
        on('a-gw', 'systemctl list-timers --all').contains('linkctl-drill') == false
        run.err.contains('; last time ') == (time == 'second')
        on('a-gw', 'systemctl is-active wg-quick@ab0').strip() == 'active'

        where:
        time << ['first', 'second']
    }

    def 'rolling-reboot reboots each host, and all is in health after it'() {
        given:
        def boots = { ['a-gw', 'a-app', 'b-gw'].collectEntries { [it, on(it, 'cat /proc/sys/kernel/random/boot_id')] } }
        def before = boots()

        when:
        def run = playbook('rolling-reboot', '-e', 'within=1800', '--allow-cut')
        def after = boots()

        then:
        run.status == 0
        run.sum() == 'Playbook rolling-reboot: 7 of 7 steps done'
        before.every { host, id -> after[host] != id }
        Command.run('verify', INVENTORY, '-F', lab.sshConfig(), '--color', 'never').status == 0
    }
}
