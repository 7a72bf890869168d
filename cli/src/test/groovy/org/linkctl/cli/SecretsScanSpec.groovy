package org.linkctl.cli

import org.linkctl.cli.io.Terminal
import org.linkctl.cli.context.Installation

import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermission
import java.util.concurrent.ConcurrentHashMap
import org.linkctl.engine.ssh.SshConnector
import org.linkctl.plan.Planner
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/**
 * The whole command over real SSH to real shells, in every way that it can end, and then a search for the secrets in
 * everything that came of it: what was printed, what was written on either side and who may read it, and the command
 * lines of all processes meanwhile.
 */
@Timeout(300)
class SecretsScanSpec extends Specification {
    static final List<String> SECRETS = ['vXbzaAjIy2y2dgMDDUWIUY30aqeg6jTQCQaH43BHuoA=', "p%a'ss w\$rd \"ü\\1 ${'long-' * 12}end".toString()]

    @TempDir
    File folder
    @AutoCleanup
    HostServer server
    File config
    File inventory
    File secret
    /** Every command line that any process had while linkctl ran. */
    final Set<String> commandLines = ConcurrentHashMap.newKeySet()

    def setup() {
        server = new HostServer(new File(folder, 'units').tap { it.mkdirs() })
        def client = new File(folder, 'client').tap { it.mkdirs() }
        config = server.config(client)
        secret = new File(client, 'secrets/vpn/ab')
        secret.parentFile.mkdirs()
        inventory = new File(client, 'net.groovy')
        inventory.text = '''
            fabric('net') {
                site('a', lan: '10.1.0.0/24') { host('a-gw', os: LINUX, ssh: 'a-gw@a-gw', become: NONE) { nic('eth0', address: '10.1.0.1/24') } }
                site('b', lan: '10.2.0.0/24') { host('b-gw', os: LINUX, ssh: 'b-gw@b-gw', become: NONE) { nic('eth0', address: '10.2.0.1/24') } }
                tunnel('wg0', psk: secret('vpn/ab')) {
                    end('a-gw', port: 5000, address: '10.255.0.1/30')
                    end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
                }
            }
            '''.stripIndent()
        new File(client, 'linkctl.yaml').text = "secrets: [env, command: [cat, secrets/nowhere, '{name}'], file: secrets]\n"
        ['a-gw', 'b-gw'].each { new File(folder, "hosts/$it").mkdirs() }
    }

    void says(String text) {
        secret.text = text
        Files.setPosixFilePermissions(secret.toPath(), [PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE] as Set)
    }

    /** Runs the command and keeps what it printed beside everything else that is searched. */
    int run(String trouble, String... args) {
        def out = new StringWriter()
        def err = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(out), new PrintWriter(err), [] as Set, 80,
                [XDG_STATE_HOME: "$folder/client/state".toString(), HOME: "$folder/client".toString()])
        def parts = new Installation(new Planner([new CarelessModule("$folder/hosts", trouble)]), { settings, events -> new SshConnector(settings, events) },
                "$folder/guards/%h".toString())
        boolean over = false
        def sampler = Thread.startDaemon { while (!over) sample() }
        int status = new Cli(terminal, parts).run(*args, '-F', config.path, '-vvv', '--command-timeout', '5s')
        over = true
        sampler.join()
        new File(folder, "client/printed-${System.nanoTime()}").text = "$status\n$out\n$err"
        printed = "$out\n$err"
        status
    }

    String printed = ''

    private void sample() {
        new File('/proc').listFiles({ File it -> it.name ==~ /\d+/ } as FileFilter).each { process ->
            try {
                commandLines << new File(process, 'cmdline').getText('ISO-8859-1')
            } catch (IOException ended) {
            }
        }
    }

    /** Everything by which a text might be known again, as bytes in ISO-8859-1. */
    static Map<String, String> forms(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8)
        def raw = { byte[] it -> new String(it, StandardCharsets.ISO_8859_1) }
        def out = [raw: raw(bytes), base64: bytes.encodeBase64().toString(), hex: bytes.encodeHex().toString(), HEX: bytes.encodeHex().toString().toUpperCase(),
                   url: URLEncoder.encode(text, 'UTF-8'), json: raw(new ObjectMapper().writeValueAsString(text)[1..-2].getBytes('UTF-8')),
                   start: raw(bytes).take(16), end: raw(bytes).reverse().take(12).reverse()]
        if (text.endsWith('=')) {
            byte[] key = text.decodeBase64()
            out += [key: raw(key), keyHex: key.encodeHex().toString()]
        }
        out.findAll { it.key == 'raw' || it.value != out.raw }
    }

    List<String> leaks() {
        def forms = SECRETS.collectMany { forms(it).entrySet() }
        def found = commandLines.collectMany { line -> forms.findAll { line.contains(it.value) }.collect { "process: $it.key in $line".toString() } }
        folder.eachFileRecurse(groovy.io.FileType.FILES) { file ->
            String text = file.getText('ISO-8859-1')
            forms.findAll { text.contains(it.value) }.each { form ->
                String path = file.path - folder.path
                boolean kept = path == '/client/secrets/vpn/ab' || path ==~ '/hosts/[ab]-gw/psk' || path.startsWith('/guards/')
                if (!kept || form.key != 'raw' && form.key != 'start' && form.key != 'end' || readable(file.toPath())) found << "file: $form.key in $path".toString()
            }
        }
        found
    }

    /** By others than its owner: the file itself, and all folders on the way to it. */
    boolean readable(Path file) {
        def all = { Path it -> Files.getPosixFilePermissions(it) }
        if (!all(file).any { it in [PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ] }) return false
        for (Path up = file.parent; up != folder.toPath(); up = up.parent) {
            if (!all(up).any { it in [PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE] }) return false
        }
        true
    }

    def 'the search finds what there is to be found'() {
        given:
        says(SECRETS[0])
        commandLines << "sh\0-c\0echo ${SECRETS[1].bytes.encodeBase64()}".toString()
        new File(folder, 'client/log').text = "it is ${SECRETS[0]}"
        new File(folder, 'hosts/a-gw/psk').text = SECRETS[0]
        Files.setPosixFilePermissions(new File(folder, 'hosts/a-gw/psk').toPath(), [PosixFilePermission.OWNER_READ, PosixFilePermission.OTHERS_READ] as Set)

        expect:
        leaks().count { it.startsWith('process: base64') } == 1
        leaks().contains('file: raw in /client/log')
        leaks().contains('file: raw in /hosts/a-gw/psk')
    }

    def 'a life of a secret: planned, written down, applied, changed, applied again'() {
        given:
        says(SECRETS[0])
        String plan = "$folder/client/plan.json"

        expect:
        run('slow', 'plan', inventory.path) == 0
        run('slow', 'plan', inventory.path, '--json', '-o', plan) == 0
        run('slow', 'apply', plan, '--yes', '--json') == 0
        new File(folder, 'hosts/a-gw/psk').text == SECRETS[0]
        new File(folder, 'hosts/b-gw/psk').text == SECRETS[0]
        commandLines.size() > 3
        leaks() == []

        when:
        says(SECRETS[1])
        int changed = run('slow', 'apply', inventory.path, '--yes')

        then:
        changed == 0
        (printed =~ /\(secret [0-9a-f]{8}\) -> \(secret [0-9a-f]{8}\)\n/).find()
        new File(folder, 'hosts/a-gw/psk').text == SECRETS[1]
        leaks() == []

        and: 'what was run is told'
        def logs = new File(folder, 'client/state/linkctl/runs').listFiles().findAll { it.name.endsWith('.log') }
        logs.size() == 2
        logs.every { Files.getPosixFilePermissions(it.toPath()) == [PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE] as Set }
        logs.every { it.text.contains("# install -D -m 0600 /dev/stdin $folder/hosts/a-gw/psk # not shown\n") }

        when:
        int again = run('slow', 'apply', inventory.path, '--yes')
        run('slow', 'verify', inventory.path, '--json')
        run('slow', 'history', inventory.path)
        run('slow', 'rollback', inventory.path, '--yes')

        then:
        again == 0
        new File(folder, 'hosts/a-gw/psk').text == SECRETS[0]
        leaks() == []
    }

    def 'no secret is in an output or a log where something goes wrong: #trouble with secret #which'() {
        given:
        says(SECRETS[which])
        if (trouble == 'quotes') {
            ['a-gw', 'b-gw'].each {
                def psk = new File(folder, "hosts/$it/psk")
                Files.createFile(psk.toPath(), java.nio.file.attribute.PosixFilePermissions.asFileAttribute([PosixFilePermission.OWNER_READ] as Set))
                psk.setWritable(true)
                psk.text = SECRETS[which]
            }
        }
        server.shell = { String login, String command ->
            trouble == 'dies' ? ['/bin/sh', '-c', "echo \$\$ >$folder/hosts/$login/psk.shell; exec /bin/sh -v -s"] : ['/bin/sh', '-c', command]
        }

        when:
        int status = run(trouble, 'apply', inventory.path, '--yes', *more)

        then:
        (status == 0) == good
        printed.replaceAll(/\s+/, ' ').contains(told)
        leaks() == []

        where:
        [trouble, good, told, which, more] << [
            ['prints', true, '= 0'],
            ['fails', false, "cannot use '***"],
            ['folder', false, 'hosts'],
            ['dies', true, '; connecting again'],
            ['want', false, 'mistaken: ***'],
            ['facts', false, 'odd: '],
            ['quotes', false, "odd: '***'"],
            ['mistake', false, 'mistaken: ']].collectMany { row -> [[0, []], [1, ['--json']]].collect { row + it } }
    }
}
