package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.lab.Lab
import org.linkctl.lab.TemporaryLab
import org.linkctl.lab.Topologies
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag
import spock.lang.TempDir

/**
 * From a provider's bare image to two sites by the shipped playbooks: the hosts of a site are made ready for a login of
 * their own, the other site is added, keys are rotated, routes measured, packages upgraded; each playbook twice.
 */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('SitePlaybooksLabSpec, bootstrap, add-site, rotate-keys, throughput and upgrade') })
class SitePlaybooksLabSpec extends Specification {
    private static final List<String> HOSTS = ['a-gw', 'a-app', 'b-gw']

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    @Shared Path inventory
    /** Who logs in: as the provider's image has it, and as the inventory has it. */
    @Shared Path asProvider
    @Shared Path asAdmin

    def setupSpec() {
        temporary = Lab.temporary(Topologies.twoSites(2, Topologies.Nat.SITE_A), { println it })
        lab = temporary.lab()
        inventory = folder.resolve('network.groovy')
        asProvider = lab.sshConfig()
        String config = Files.readString(asProvider)
        asAdmin = Files.writeString(folder.resolve('ssh_config'), config.replaceAll(/(?m)^    User .*$/, '    User netadmin'))
        assert config != Files.readString(asAdmin)
    }

    def cleanupSpec() {
        temporary?.close()
    }

    /** A user of its own on each host, and sshd's own rules: what a bare image lacks. */
    private String ownLogin() {
        String key = Files.readString(asProvider.resolveSibling('id_ed25519.pub')).strip()
        """
            packages('tcpdump')
            user('netadmin', keys: '$key', sudo: true)
            sshd(passwordLogin: false, rootLogin: KEYS, allowUsers: ['root', 'ops', 'netadmin'])
        """
    }

    private void declare(boolean both) {
        String b = """
            site('b', lan: ['10.5.6.0/24', 'fd00:b::/64']) {
                host('b-gw', os: LINUX, ssh: 'b-gw') {
                    nic('eth1', address: ['10.5.6.7/24', 'fd00:b::7/64'])
                    ${ownLogin()}
                }
            }
            tunnels('ab', count: 2, ports: 5000..5063, transit: ['10.255.254.0/24', 'fd00:ff::/112'], keepalive: 10, psk: true) {
                end('a-gw')
                end('b-gw', endpoint: '203.0.113.1')
            }
            route(between: ['a', 'b'], via: 'ab', hash: L4, failover: WATCH)
        """
        Files.writeString(inventory, """
            fabric('network') {
                site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
                    host('a-gw', os: LINUX, ssh: 'a-gw') {
                        bond('bond0', mode: LACP, members: ['eth1', 'eth2'], address: ['10.2.3.4/24', 'fd00:a::4/64'])
                        ${ownLogin()}
                    }
                    host('a-app', os: LINUX, ssh: 'a-app'${both ? ", gateway: 'a-gw'" : ''}) {
                        ${ownLogin()}
                    }
                }
                ${both ? b : ''}
            }
        """)
    }

    private Command playbook(Path config, String name, Object... more) {
        def run = Command.run('run', Path.of('../playbooks', "${name}.groovy"), inventory, '--yes', '-F', config,
                '--color', 'never', '--connect-timeout', '60s', *more)
        println run
        run
    }

    private Command linkctl(String name, Object... more) {
        Command.run(name, inventory, '-F', asAdmin, '--color', 'never', '--connect-timeout', '60s', *more)
    }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    def 'bootstrap makes the hosts of a bare image ready, as the provider logs in (#time)'() {
        given:
        declare(false)

        when:
        def run = playbook(asProvider, 'bootstrap', '-e', 'hosts=a', '-e', 'within=1200')

        then:
        run.status == 0
        run.sum() == 'Playbook bootstrap: 5 of 5 steps done'

        where:
        time << ['first', 'second']
    }

    def 'who is declared logs in from then on, and finds nothing to do'() {
        when:
        def plan = linkctl('plan', '--detailed-exitcode')

        then:
        println plan
        plan.status == 0
        plan.sum() == 'Nothing to do: 2 hosts converged'
        on('a-gw', 'sshd -T -C user=netadmin,host=x,addr=192.0.2.1 | grep -iE "^(passwordauthentication|permitrootlogin|allowusers)"')
                .readLines().sort().every { it in ['allowusers root', 'allowusers ops', 'allowusers netadmin', 'passwordauthentication no', 'permitrootlogin without-password', 'permitrootlogin prohibit-password'] }
    }

    def 'add-site brings in the hosts of a new site, and what leads there (#time)'() {
        given:
        declare(true)

        when:
        def ready = time == 'first' ? playbook(asProvider, 'bootstrap', '-e', 'hosts=b-gw', '-e', 'within=1200') : null
        def run = playbook(asAdmin, 'add-site', '-e', 'site=b', '-e', 'within=1200')

        then:
        ready == null || ready.status == 0
        run.status == 0 || comparedOnly(run)
        linkctl('plan', '--detailed-exitcode').status == 0
        on('a-app', 'ping -c 3 -W 5 10.5.6.7').contains(' 0% packet loss')

        where:
        time << ['first', 'second']
    }

    /** Emulated hosts carry now more and now less: less than the last time is a failure, and its only one. */
    private static boolean comparedOnly(Command run) {
        run.status == 5 && run.out.contains('a route carries over 10 % less than last time')
    }

    def 'rotate-keys gives both ends of each tunnel new keys, and no packet over the route is lost (#time)'() {
        given:
        def keys = { ['a-gw', 'b-gw'].collectMany { on(it, 'wg show all public-key').readLines() } }
        def before = keys()
        on('a-app', 'setsid ping -i 0.1 -W 1 10.5.6.7 >/run/lanping 2>&1 </dev/null & echo $! >/run/lanping.pid')

        when:
        def run = playbook(asAdmin, 'rotate-keys', '-e', 'tunnels=ab')
        def after = keys()
        String counted = on('a-app', 'kill -INT $(cat /run/lanping.pid); sleep 2; grep transmitted /run/lanping')
        println counted

        then:
        run.status == 0
        run.sum() == 'Playbook rotate-keys: 5 of 5 steps done'
        before.size() == 4 && after.size() == 4 && after.intersect(before) == []
        counted =~ /(\d+) packets transmitted, \1 received/

        where:
        time << ['first', 'second']
    }

    def 'throughput measures the routes, and compares with the last time'() {
        when:
        def runs = (1..2).collect { playbook(asAdmin, 'throughput', '-e', 'seconds=5', '-e', 'flows=4') }

        then:
        runs[0].status == 0
        runs[1].status == 0 || comparedOnly(runs[1])
    }

    def 'upgrade brings packages up to date, one host after the other (#time)'() {
        when:
        def run = playbook(asAdmin, 'upgrade', '-e', 'within=1800', '--allow-cut')

        then:
        run.status == 0
        HOSTS.every { on(it, 'apt-get -s upgrade | grep -c ^Inst || true').strip() == '0' }
        linkctl('verify').status == 0

        where:
        time << ['first', 'second']
    }
}
