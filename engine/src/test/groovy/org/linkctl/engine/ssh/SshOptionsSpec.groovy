package org.linkctl.engine.ssh

import java.nio.file.Files
import java.util.concurrent.TimeUnit

import org.linkctl.diag.Place
import org.linkctl.engine.Unreachable
import org.linkctl.model.Become
import org.linkctl.model.Host
import org.linkctl.model.Os
import org.linkctl.model.SshTarget
import org.linkctl.spi.Question
import spock.lang.AutoCleanup
import spock.lang.IgnoreIf
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout

/** Each line of the table in docs/ssh.md, with ssh(1) and sshd(8) of OpenSSH. */
@IgnoreIf(value = { RealServer.missing() }, reason = 'sshd and a root that can unshare are needed')
@Timeout(60)
class SshOptionsSpec extends Specification {
    static final Question SESSION = Question.command('env')
    static final Host GW = new Host('gw', 'a', Os.LINUX, SshTarget.parse('gw').get(), Become.NONE, null, new Place('test', 1, 1))

    @Shared File folder = Files.createTempDirectory('linkctl-ssh').toFile()
    @Shared Client client = new Client(folder)
    @Shared @AutoCleanup(quiet = true) RealServer server
    @Shared @AutoCleanup(quiet = true) AgentProcess agent
    @Shared @AutoCleanup(quiet = true) TokenAgent token
    @Shared @AutoCleanup(quiet = true) RawServer silent
    String heard = ''

    def setupSpec() {
        ['other', 'certified', 'held', 'ca', 'wrong-ca'].each { client.keygen(it, 'ed25519') }
        client.keygen('rsa', 'rsa', '', '-b', '2048')
        certificate('other', 'elsewhere', 'ca', '-I', 'elsewhere', '-n', 'root')
        certificate('certified', 'certified-cert', 'ca', '-I', 'beside', '-n', 'root')
        certificate('held', 'held', 'ca', '-I', 'held', '-n', 'root')
        certificate('other', 'past', 'ca', '-I', 'past', '-n', 'root', '-V', '-2d:-1d')
        certificate('other', 'wrong', 'wrong-ca', '-I', 'wrong', '-n', 'root')
        certificate('other', 'host', 'ca', '-I', 'host', '-h', '-n', 'root')
        certificate('rsa', 'rsa-elsewhere', 'ca', '-I', 'rsa', '-n', 'root')
        client.keygen('host_ed25519', 'ed25519')
        certificate('host_ed25519', 'host_ed25519-cert', 'ca', '-I', 'gw', '-h', '-n', '127.0.0.1')
        token = new TokenAgent(folder)
        new File(folder, 'token.pub').text = token.publicLine + '\n'
        agent = new AgentProcess(folder)
        def held = new File(folder, 'held')
        def kept = new File(folder, 'held.pub').text
        agent.add(Files.copy(held.toPath(), new File(folder, 'taken').toPath()).toFile())
        assert new File(folder, 'held.pub').text == kept
        held.delete()
        new File(folder, 'authorized_keys').text = [new File(folder, 'id.pub').text.trim(), token.publicLine].join('\n') + '\n'
        silent = new RawServer({ input, output -> input.read(); sleep(60_000) })
        server = new RealServer(folder, ['Ciphers +aes256-cbc', "TrustedUserCAKeys $folder/ca.pub", "HostCertificate $folder/host_ed25519-cert.pub"], ['ed25519', 'rsa'])
        files()
    }

    /** ssh-keygen(1) names what it makes by the public key, which keeps its place. */
    private void certificate(String key, String name, String authority, String... how) {
        def made = new File(folder, 'making.pub')
        def pub = new File(folder, "${key}.pub")
        made.text = pub.text
        Client.run(['ssh-keygen', '-q', '-s', "$folder/$authority".toString()] + how.toList() + [made.path])
        new File(folder, "${name}.pub").text = new File(folder, 'making-cert.pub').text
    }

    private void files() {
        def known = server.knownHostsLine() + server.knownHostsLine('rsa') + server.knownHostsLine('ed25519', 'good') + server.knownHostsLine('rsa', 'good')
        client.knownHosts.text = known
        def other = new File(folder, 'other.pub').text.trim()
        file('authority', "@cert-authority * ${new File(folder, 'ca.pub').text}")
        file('changed', "[127.0.0.1]:$server.port $other\n")
        file('other-address', server.knownHostsLine('ed25519', "[localhost]:$server.port") + "[127.0.0.1]:$server.port,[::1]:$server.port $other\n")
        file('more.conf', 'User nobody-there\n')
    }

    private void file(String name, String text) { new File(folder, name).text = text }

    def cleanupSpec() { folder.deleteDir() }

    private void settings(String lines) {
        ['hashed', 'new', 'made', 'control'].each { new File(folder, it).delete() }
        client.config.text = lines.replace('DIR', folder.path).replace('AGENT', agent.socket).replace('TOKEN', token.socket)
                .replace('SILENT', "$silent.port") + """
                |Host *
                |  HostName 127.0.0.1
                |  Port $server.port
                |  User root
                |  ${lines.contains('IdentityFile') ? '' : "IdentityFile $folder/id"}
                |  IdentityAgent none
                |  UserKnownHostsFile $client.knownHosts
                |  GlobalKnownHostsFile /dev/null
                |""".stripMargin()
        server.log.text = ''
    }

    /** What ssh(1) gets from the host; null where it does not get in. */
    private String bySsh() {
        def builder = new ProcessBuilder('ssh', '-F', client.config.path, '-o', 'BatchMode=yes', 'gw', 'env')
        builder.environment().remove('SSH_AUTH_SOCK')
        def process = builder.redirectInput(new File('/dev/null')).redirectError(ProcessBuilder.Redirect.DISCARD).start()
        def said = process.inputStream.text
        assert process.waitFor(30, TimeUnit.SECONDS)
        process.exitValue() == 0 ? said : null
    }

    /** What linkctl says; `heard` is what it got from the host. */
    private String here() {
        def connector = new SshConnector(client.settings, client.events)
        try {
            connector.connect(GW).withCloseable { heard = it.ask([SESSION]).stdout(SESSION) }
            'in'
        } catch (Unreachable e) {
            assert !e.why().contains('\n')
            e.why() - "127.0.0.1:$server.port: "
        } finally {
            connector.close()
        }
    }

    def 'followed or refused: #row.option, #row.config'() {
        given:
        settings(row.config)

        when:
        def ssh = bySsh()
        settings(row.config)
        def said = here()
        def log = server.log.text

        then:
        (ssh != null) == row.ssh
        row.here == 'in' ? said == 'in' : said =~ row.here
        !row.session || heard =~ row.session
        !row.session || ssh =~ row.session
        !row.server || log =~ row.server

        where:
        row << SshOptionRows.FOLLOWED
    }

    def 'names that are filed are hidden where ssh_config says so'() {
        given:
        settings('HashKnownHosts yes\nStrictHostKeyChecking accept-new\nUserKnownHostsFile DIR/hashed')

        expect:
        here() == 'in'
        new File(folder, 'hashed').text.startsWith('|1|')
    }

    def 'a key of a FIDO token in a file alone is told'() {
        given: 'the public part is what a private file begins with'
        settings('IdentityFile DIR/token_sk')
        def body = new net.schmizz.sshj.common.Buffer.PlainBuffer().putRawBytes('openssh-key-v1\0'.bytes).putString('none').putString('none')
                .putString('').putUInt32(1L).putBytes(token.blob).putString('').compactData
        file('token_sk', "-----BEGIN OPENSSH PRIVATE KEY-----\n${body.encodeBase64()}\n-----END OPENSSH PRIVATE KEY-----\n")

        expect:
        here() == "login as root was refused: there is no key to try ($folder/token_sk: a key of a FIDO token, which linkctl uses by the agent: ssh-add $folder/token_sk)"
    }

    def 'a key that its agent keeps to ssh(1) is told'() {
        given:
        def second = new AgentProcess(Files.createDirectory(new File(folder, 'second').toPath()).toFile())
        def builder = new ProcessBuilder('ssh-add', '-q', '-H', client.knownHosts.path, '-h', 'good', "$folder/id").redirectErrorStream(true)
        builder.environment().put('SSH_AUTH_SOCK', second.socket)
        def add = builder.start()
        assert add.inputStream.text == '' && add.waitFor() == 0
        settings("IdentityAgent $second.socket\nIdentitiesOnly yes\nIdentityFile DIR/id.pub")

        expect:
        here() =~ /none of these keys was taken: agent:id.*the SSH agent refused/

        cleanup:
        second.close()
    }

    def 'without meaning: #option #value'() {
        given:
        def there = new ProcessBuilder('ssh', '-G', '-F', '/dev/null', '-o', "$option=${value.replace('DIR', folder.path)}", 'gw').start().waitFor() == 0
        settings(there ? "$option $value" + (option == 'LocalCommand' ? '\nPermitLocalCommand yes' : '') : '')

        expect:
        here() == 'in'
        !new File(folder, 'made').exists()
        !new File(folder, 'control').exists()
        !heard.contains('LINKCTL_SEEN') && !heard.contains('SSH_TTY') && !heard.contains('DISPLAY') && !heard.contains('SSH_AUTH_SOCK=')
        there || SshKeywords.NOT_FOLLOWED.contains(option.toLowerCase(Locale.ROOT))

        where:
        [option, value] << SshOptionRows.WITHOUT_MEANING.collect { name, set -> [name, set] }
    }

    def 'the key of localhost has to be known whatever NoHostAuthenticationForLocalhost says'() {
        given:
        settings('HostName localhost\nNoHostAuthenticationForLocalhost yes\nUserKnownHostsFile none')

        expect:
        bySsh() != null
        here() =~ /is not known/
    }
}
