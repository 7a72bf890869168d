package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest
import org.linkctl.lab.HostSpec
import org.linkctl.lab.Lab
import org.linkctl.lab.LabSpec
import org.linkctl.lab.TemporaryLab
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag
import spock.lang.TempDir

/**
 * inventories/firezone.groovy on two bare hosts that systemd runs, with a stand-in for Firezone's program that checks what it
 * is given. Refused, made, left alone, upgraded one after the other, brought back from a broken version, taken away.
 */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('FirezoneLabSpec, two Firezone gateways with a stand-in for their program') })
class FirezoneLabSpec extends Specification {
    private static final String TOKEN = 'SFMyNTY.g2gDaAN-lab-token-of-the-portal'
    private static final Path STAND_IN = Path.of('../modules/src/test/resources/firezone/stand-in')
    private static final List<String> GATEWAYS = ['gw1', 'gw2']

    /** What is left of what was taken away. */
    private static final Map<String, String> MAY_DIFFER = HostFiles.MAY_DIFFER + [
        '/var/lib/linkctl/owned(/.*)?': 'the manifest, which is empty then'
    ]

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    @Shared Path inventory
    @Shared Map<String, List<String>> before

    def setupSpec() {
        temporary = Lab.temporary(new LabSpec(GATEWAYS.collect { HostSpec.bare(it) }, []), { println it })
        lab = temporary.lab()
        inventory = folder.resolve('firezone.groovy')
        Files.createDirectories(folder.resolve('files'))
        Files.createDirectories(folder.resolve('secrets/firezone'))
        def token = Files.writeString(folder.resolve('secrets/firezone/token'), "$TOKEN\n")
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString('rw-------'))
        program('1')
        declare(sum())
        before = HostFiles.of(lab, GATEWAYS)
    }

    def cleanupSpec() {
        temporary?.close()
    }

    /** Another version of the program beside the inventory. */
    private void program(String version, String broken = '') {
        Files.writeString(folder.resolve('files/firezone-gateway'),
                Files.readString(STAND_IN).replace('# version 1\n', "# version $version\n").replace("broken = ''", "broken = '$broken'"))
    }

    private String sum() { MessageDigest.getInstance('SHA-256').digest(Files.readAllBytes(folder.resolve('files/firezone-gateway'))).encodeHex() }

    /** The inventory as it is shipped, for the hosts of the lab. */
    private void declare(String sha256) {
        String text = Files.readString(Path.of('../inventories/firezone.groovy'))
                .replace('ssh: "ops@192.0.2.${50 + n}"', 'ssh: "ops@gw$n"')
                .replaceAll(/sha256: '[0-9a-f]{64}'/, "sha256: '$sha256'")
        assert text.contains('ops@gw$n') && text.contains(sha256)
        Files.writeString(inventory, text)
    }

    private Command linkctl(String name, Object... more) {
        def secrets = name in ['plan', 'apply'] ? ['--secrets', "file:$folder/secrets"] : []
        Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *secrets, *more)
    }

    private String on(String host, String script) { lab.exec(host, script).orThrow().strip() }

    private String mainPid(String host) { on(host, 'systemctl show --property=MainPID --value linkctl-firezone.service') }

    private String version(String host) { on(host, 'cat $(readlink /usr/local/lib/linkctl/firezone/firezone-gateway) | sed -n "s/^# version //p"') }

    private boolean ready(String host) { lab.exec(host, '/usr/local/lib/linkctl/firezone-gateway ready').exit() == 0 }

    def 'a program that is not what sha256: says is refused before anything is changed'() {
        given:
        String right = sum()
        declare('0' * 64)

        when:
        def applied = linkctl('apply', '--yes')

        then:
        applied.status == 1
        applied.err.contains("'files/firezone-gateway' is not what sha256: says")
        applied.err.contains("its SHA-256 is $right, not ${'0' * 64}; nothing was changed")
        HostFiles.movedOf(before, HostFiles.of(lab, GATEWAYS)) == []

        cleanup:
        declare(right)
    }

    def 'two gateways run, with what they need and nothing more'() {
        when:
        def applied = linkctl('apply', '--yes')

        then:
        applied.status == 0
        GATEWAYS.every { ready(it) && version(it) == '1' }
        linkctl('plan', '--detailed-exitcode').status == 0

        and: 'verify says so'
        def verified = linkctl('verify')
        verified.status == 0
        verified.out =~ /Firezone gateway +version [0-9a-f]{16} runs and is ready/
        verified.out =~ /net\.ipv4\.conf\.all\.src_valid_mark +is 1/

        and: 'two ids, though the hosts come from one image'
        GATEWAYS.collect { on(it, 'grep FIREZONE_ID= /etc/linkctl/firezone/env') }.toSet().size() == 2

        and: 'the sandbox is as tight as it is said to be'
        GATEWAYS.every {
            def said = on(it, 'systemd-analyze security --no-pager linkctl-firezone.service | tail -n 1')
            println "$it: $said"
            (said =~ /: ([0-9.]+) /)[0][1] as BigDecimal < 1.8
        }
        on('gw1', 'ps -o user= -p ' + mainPid('gw1')) != 'root'

        and: 'parameters, table'
        on('gw1', 'cat /proc/sys/net/core/rmem_max /proc/sys/net/core/wmem_max /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv6/conf/all/forwarding').readLines() == ['8388608', '16777216', '1', '1']
        on('gw1', 'nft list table inet linkctl_firezone').findAll('masquerade').size() == 2
    }

    def 'the token is nowhere but in its file and its credential'() {
        given: 'a pattern that is not found in itself'
        def pattern = TOKEN.replace('.', '[.]')

        expect:
        GATEWAYS.every { host ->
            on(host, 'cat /etc/linkctl/firezone/token') == TOKEN && on(host, 'stat -c "%a %U" /etc/linkctl/firezone/token') == '600 root'
        }
        GATEWAYS.collect { host ->
            on(host, """
                grep -l '$pattern' /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | grep -v /self/
                journalctl --no-pager 2>/dev/null | grep -c '$pattern' | grep -v '^0\$'
                systemctl show linkctl-firezone.service | grep '$pattern'
                find / -xdev -type f -perm -004 -size -4M -exec grep -l '$pattern' {} + 2>/dev/null
                true""")
        }.every { it == '' }
        ['grep', '-rl', TOKEN, 'target/state'].execute().text == ''
    }

    def 'an upgrade takes one after the other, and the one before stays as the way back'() {
        given:
        program('2')
        declare(sum())

        when: 'nobody has to allow a cut: the other one serves'
        def applied = linkctl('apply', '--yes')

        then:
        applied.status == 0
        applied.out.contains('firezone on gw1: changed, seen to work')
        GATEWAYS.every { ready(it) && version(it) == '2' }
        GATEWAYS.every { on(it, 'ls /usr/local/lib/linkctl/firezone | wc -l') == '3' }
        linkctl('plan', '--detailed-exitcode').status == 0
    }

    def 'an upgrade to a version that #how goes back by itself, and the other one serves on'() {
        given:
        String good = sum()
        program('3', broken)
        declare(sum())
        def pids = GATEWAYS.collectEntries { [it, mainPid(it)] }
        // It is asked each second, while the other one is upgraded.
        on('gw2', 'rm -f /run/asked; nohup sh -c "while sleep 1; do /usr/local/lib/linkctl/firezone-gateway ready && echo ready || echo not; done >>/run/asked" >/dev/null 2>&1 </dev/null & echo $! >/run/asking')

        when:
        def applied = linkctl('apply', '--yes')
        println applied

        then:
        applied.status == 5
        applied.out =~ /gw1 +ROLLED BACK/
        applied.out.contains('back to the version before, which runs')
        !applied.out.contains(TOKEN)

        and: 'the first is back, the second was never touched'
        ready('gw1')
        version('gw1') == '2'
        mainPid('gw2') == pids.gw2
        on('gw2', 'kill $(cat /run/asking); grep -c not /run/asked || true').readLines().last() == '0'

        cleanup:
        program('2')
        declare(good)

        where:
        broken  | how
        'exits' | 'ends at once'
        'flaps' | 'is ready and ends'
    }

    def 'another token is a restart of one after the other, and a rollback, too'() {
        given:
        Files.writeString(folder.resolve('secrets/firezone/token'), "$TOKEN-2\n")

        when:
        def applied = linkctl('apply', '--yes')

        then:
        applied.status == 0
        GATEWAYS.every { ready(it) && on(it, 'cat /run/credentials/linkctl-firezone.service/FIREZONE_TOKEN') == "$TOKEN-2" }
        !applied.out.contains(TOKEN)

        when:
        def rolled = linkctl('rollback', '--yes')
        println rolled

        then:
        rolled.status == 0
        GATEWAYS.every { ready(it) && on(it, 'cat /run/credentials/linkctl-firezone.service/FIREZONE_TOKEN') == TOKEN }

        cleanup:
        def token = Files.writeString(folder.resolve('secrets/firezone/token'), "$TOKEN\n")
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString('rw-------'))
    }

    def 'what a reboot gives is what apply gave'() {
        expect:
        NetworkState.differencesAfterReboot(lab, ['gw1']) { linkctl('plan', '--limit', 'gw1', '--detailed-exitcode') } == []
        ready('gw1')
    }

    def 'what is no longer declared is taken away whole'() {
        given:
        Files.writeString(inventory, '''fabric('remote-access') {
    site('a', lan: '172.31.92.0/24') { for (n in 1..2) { host("gw$n", os: LINUX, ssh: "ops@gw$n") } }
}
''')

        when:
        def applied = linkctl('apply', '--yes', '--allow-cut')
        println applied

        then:
        applied.status == 0
        GATEWAYS.collectMany { host -> HostFiles.moved(before[host], HostFiles.dump(lab, host), MAY_DIFFER + HostFiles.MAY_DIFFER_BY_RESTART).findAll { !(it =~ '/var/lib/(apt|dpkg)|/etc/nftables') }.collect { "$host $it" } } == []
        GATEWAYS.every { on(it, 'nft list tables | grep -c linkctl || true') == '0' && on(it, 'ip -br link show tun-firezone 2>/dev/null | wc -l') == '0' }
        linkctl('plan', '--detailed-exitcode').status == 0
    }
}
