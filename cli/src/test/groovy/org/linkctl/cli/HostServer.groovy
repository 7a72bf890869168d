package org.linkctl.cli

import org.apache.sshd.common.config.keys.KeyUtils
import org.apache.sshd.common.config.keys.PublicKeyEntry
import org.apache.sshd.common.keyprovider.KeyPairProvider
import org.apache.sshd.server.SshServer
import org.apache.sshd.server.channel.ChannelSession
import org.apache.sshd.server.shell.ProcessShellFactory

/** Hosts of this machine: an SSH server in this process, with a real shell behind every login name. */
class HostServer implements AutoCloseable {
    final SshServer server = SshServer.setUpDefaultServer()
    /** What stands for the shell that is asked for: gets the login name and the command. */
    Closure<List<String>> shell = { String login, String command -> ['/bin/sh', '-c', command] }
    /** Where the guard puts its units, instead of where this machine's are. */
    final File units
    private final key = KeyUtils.generateKeyPair('ssh-ed25519', 256)

    HostServer(File units) {
        this.units = units
        server.host = '127.0.0.1'
        server.port = 0
        server.keyPairProvider = KeyPairProvider.wrap(key)
        server.publickeyAuthenticator = { user, key, session -> true }
        server.commandFactory = { ChannelSession channel, String command ->
            new AsTold(command, ['env', "LINKCTL_GUARD_UNITS=$units".toString()] + shell(channel.session.username, command)*.toString()).createShell(channel)
        }
        server.start()
    }

    /** An ssh_config that knows the server, and keys beside it. */
    File config(File folder) {
        def file = new File(folder, 'ssh_config')
        assert new ProcessBuilder('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', "$folder/id").start().waitFor() == 0
        new File(folder, 'known_hosts').text = "[127.0.0.1]:$server.port ${PublicKeyEntry.toString(key.public)}\n"
        file.text = """
            Host *
              HostName 127.0.0.1
              Port $server.port
              IdentityFile $folder/id
              IdentityAgent none
              UserKnownHostsFile $folder/known_hosts
              GlobalKnownHostsFile /dev/null
            """.stripIndent()
        file
    }

    /** MINA's own runs {@code /bin/sh -c} with the raw command where the words do not begin with a shell. */
    static class AsTold extends ProcessShellFactory {
        AsTold(String command, List<String> words) { super(command, words) }

        @Override
        protected List<String> resolveEffectiveCommand(ChannelSession channel, String command, List<String> words) { words }
    }

    void close() { server.stop(true) }
}
