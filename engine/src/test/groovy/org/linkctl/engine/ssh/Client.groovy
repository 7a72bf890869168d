package org.linkctl.engine.ssh

import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList

import org.linkctl.diag.Place
import org.linkctl.engine.Events
import org.linkctl.engine.PasswordSource
import org.linkctl.engine.Safety
import org.linkctl.engine.Settings
import org.linkctl.model.Become
import org.linkctl.model.Host
import org.linkctl.model.Os
import org.linkctl.model.SshTarget
import org.linkctl.shell.Secret

/** The client side of a test: an ssh_config, keys and known_hosts in a folder of its own. */
class Client {
    final File folder
    final File knownHosts
    final File config
    final List<String> traces = new CopyOnWriteArrayList<>()
    final Map<String, String> passwords = [:]
    final List<String> asked = new CopyOnWriteArrayList<>()
    Settings.HostKeys hostKeys = Settings.HostKeys.STRICT
    Duration connectTimeout = Duration.ofSeconds(5)
    Duration commandTimeout = Duration.ofSeconds(10)

    Client(File folder) {
        this.folder = folder
        knownHosts = new File(folder, 'known_hosts')
        config = new File(folder, 'config')
        keygen('id', 'ed25519')
        settings('')
    }

    /** Lines that come first in the configuration: ssh_config takes the first value it sees. */
    void settings(String more, String agent = 'none') {
        config.text = """$more
            |Host *
            |  HostName 127.0.0.1
            |  IdentityFile $folder/id
            |  IdentityAgent $agent
            |  UserKnownHostsFile $knownHosts
            |  GlobalKnownHostsFile /dev/null
            |""".stripMargin()
    }

    File keygen(String name, String type, String passphrase = '', String... more) {
        File file = new File(folder, name)
        run(['ssh-keygen', '-q', '-t', type, '-N', passphrase, '-f', file.toString(), '-C', name] + more.toList())
        file
    }

    static void run(List<String> words) {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start()
        String said = process.inputStream.text
        assert process.waitFor() == 0: said
    }

    void knows(TestServer server) { knownHosts << server.knownHostsLine() }

    Events getEvents() {
        new Events() {
            void trace(Host host, String text) { traces << text }
        }
    }

    /** These hosts are one machine, so each keeps what it has to keep in a folder of its own. */
    Safety getSafety() {
        new Safety(Duration.ofSeconds(60), Duration.ZERO, "$config.parentFile/%h".toString(), [:])
    }

    Settings getSettings() {
        PasswordSource source = { String what ->
            asked << what
            Optional.ofNullable(passwords[what]).map { new Secret(it) }
        } as PasswordSource
        new Settings(8, connectTimeout, commandTimeout, Duration.ofMinutes(5), config.toPath(), hostKeys, source, safety)
    }

    SshConnector connector() { new SshConnector(settings, events) }

    static Host host(int port, String user = 'root', Become become = Become.AUTO, String name = 'gw') {
        new Host(name, 'a', Os.LINUX, new SshTarget(user, name, port), become, null, new Place('test', 1, 1))
    }
}
