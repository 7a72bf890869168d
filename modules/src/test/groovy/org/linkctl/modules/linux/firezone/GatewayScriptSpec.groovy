package org.linkctl.modules.linux.firezone

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Inventories
import org.linkctl.shell.Content
import org.linkctl.shell.Secret
import org.linkctl.shell.Step
import org.linkctl.spi.Published
import org.linkctl.spi.Scope
import org.linkctl.spi.Secrets
import org.linkctl.shell.Fingerprints
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/**
 * The program that starts a gateway on a host, with a stand-in for Firezone's program that checks what it is given: user,
 * capabilities, credential, environment, device. In a mount and a network namespace of its own; systemd has a stand-in there,
 * too, so that what the unit itself does is for the lab.
 */
@Timeout(300)
@Requires({ GatewayScriptSpec.possible() })
class GatewayScriptSpec extends Specification {
    static final Path TESTS = Path.of(System.getProperty('basedir', '.'), 'src/test/resources/firezone').toAbsolutePath()
    static final File INVENTORY = new File(System.getProperty('basedir', '.'), 'src/test/resources/cases/linux.firezone/inventory.groovy')

    @TempDir Path folder

    static boolean possible() {
        def needed = 'mount -t tmpfs t /mnt && mkdir /mnt/a /mnt/b && mount -t overlay o -o lowerdir=/etc,upperdir=/mnt/a,workdir=/mnt/b /etc && mknod /mnt/tun c 10 200 && : <>/mnt/tun && ip -V && setpriv --version && perl -v'
        def process = new ProcessBuilder('unshare', '-nm', 'sh', '-c', needed).redirectErrorStream(true).start()
        def said = process.inputStream.text
        if (process.waitFor() == 0) return true
        println "GatewayScriptSpec: no gateway was started: $said"
        false
    }

    /** Whether a gateway is looked at for as long as on a host. */
    boolean patient

    /** What `render` writes: all files that the module puts on a host. */
    private Path files(String host = 'gw1') {
        def fabric = Inventories.load(INVENTORY)
        def module = new FirezoneModule()
        def secrets = new Secrets(['firezone/token', 'firezone/b'].collectEntries { [(it): new Secret('SFMyNTY.first-token')] }, new Fingerprints(new byte[32]))
        def want = module.want(new Scope(fabric, fabric.host(host).orElseThrow(), Published.NOTHING, [] as Set, secrets)).first()
        module.steps(want, module.bare(want), module.diff(want, module.bare(want))).findAll { it instanceof Step.PutFile }.each {
            def file = folder.resolve('files' + it.path())
            Files.createDirectories(file.parent)
            def text = it.content() instanceof Content.Plain ? it.content().text() : ''
            Files.writeString(file, patient ? text : text.replace('enough=10', 'enough=3').replace('within=50', 'within=20'))
        }
        folder.resolve('files')
    }

    private List<String> on(String script) {
        def process = new ProcessBuilder('unshare', '-nm', "$TESTS/host", files().toString(), TESTS.toString()).redirectErrorStream(true).start()
        process.outputWriter().withCloseable { it.write(script) }
        def said = process.inputStream.text
        process.waitFor()
        said.readLines()
    }

    def 'a gateway is started with what it needs and nothing more, and is ready'() {
        expect:
        on('version; until $gateway ready; do :; done; echo $?; ip -br link show tun-firezone | cut -d" " -f1; cat /run/stand-in/starts') == ['v1', '0', 'tun-firezone', 'started']
    }

    def 'what a gateway leaves in the rules and tables of ip(8) goes with it, and nothing of others'() {
        given:
        def gone = Files.writeString(folder.resolve('gone'), FirezoneGone.RULES)
        def count = 'for f in -4 -6; do ip $f rule | grep -c 5390983; ip $f route show table 539098369 | wc -l; done | tr "\\n" " "; echo'

        expect:
        on("""ip rule add priority 100 from 203.0.113.9 table 77; ip route add unreachable 203.0.113.0/24 table 77
            systemctl stop; $count; sh $gone; echo \$?; $count
            ip rule show priority 100; ip route show table 77""") == ['3 1 3 1 ', '0', '0 0 0 0 ', '100:\tfrom 203.0.113.9 lookup 77', 'unreachable 203.0.113.0/24 ']
    }

    def 'a new version takes the place of the old one'() {
        expect:
        on('''
            ln -sfT $programs/v2/firezone-gateway $link
            $gateway start $programs/v1/firezone-gateway; echo $?; led; version; until $gateway ready; do :; done; echo ready
            ''') == ['0', 'v2', 'v2', 'ready']
    }

    def 'a version that #how is left again for the one before, by the host itself'() {
        when:
        def said = on("""
            breaks $broken
            ln -sfT \$programs/v2/firezone-gateway \$link
            \$gateway start \$programs/v1/firezone-gateway; echo \$?; led; version; until \$gateway ready; do :; done; echo ready
            """)

        then:
        said.first() == 'the gateway does not become ready; what it said last:'
        said[-5..-1] == ['back to the version before, which runs', '1', 'v1', 'v1', 'ready']
        said.every { !it.contains('SFMyNTY') }

        where:
        broken  | how
        'exits' | 'ends at once'
        'flaps' | 'is ready and ends, again and again'
        'sulks' | 'is never ready'
    }

    def 'a version that ends some seconds after it was ready is left, too'() {
        given:
        patient = true

        expect:
        on('''
            breaks tires
            ln -sfT $programs/v2/firezone-gateway $link
            $gateway start $programs/v1/firezone-gateway; echo $?; led
            ''')[-3..-1] == ['back to the version before, which runs', '1', 'v1']
    }

    def 'another program that has its port, and answers well, does not pass for it'() {
        when:
        def said = on('''
            port=$(sed -n "s/^HEALTH_CHECK_ADDR=.*://p" /etc/linkctl/firezone/env)
            systemctl stop
            perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => $ARGV[0], Listen => 8, ReuseAddr => 1) or die; open(F, ">/run/there"); close(F);
                while ($c = $s->accept) { <$c>; print $c "HTTP/1.0 200 OK\\r\\n\\r\\n"; close($c) }' "$port" >/dev/null 2>&1 & other=$!
            until [ -e /run/there ]; do :; done
            $gateway start; echo $?
            kill $other
            ''')

        then:
        said.any { it ==~ /port \d+, where it says whether it is ready, is taken: "perl",pid=\d+/ }
        said.last() == '1'
    }

    def 'where there is no version before, the failure is told and nothing is moved'() {
        when:
        def said = on('''
            breaks exits
            ln -sfT $programs/v2/firezone-gateway $link
            $gateway start; echo $?; led
            ''')

        then:
        said[-2..-1] == ['1', 'v2']
        said.contains('stand-in: this version is broken')
    }

    def 'an undo starts the gateway anew only where it runs with something else than what is there: #what'() {
        expect:
        on("""
            $change
            \$gateway again; echo \$?; wc -l </run/stand-in/starts
            """) == ['0', starts]

        where:
        what               | change                                                       || starts
        'nothing changed'  | ':'                                                          || '1'
        'another token'    | 'printf %s SFMyNTY.second >/etc/linkctl/firezone/token'      || '2'
        'another setting'  | 'echo RUST_LOG=debug >>/etc/linkctl/firezone/env'            || '2'
        'another version'  | 'ln -sfT $programs/v2/firezone-gateway $link'                || '2'
        'it does not run'  | 'systemctl stop'                                             || '2'
    }
}
