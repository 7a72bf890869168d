package org.linkctl.engine.ssh

import java.util.concurrent.TimeUnit

/** OpenSSH's own sshd, on a port of its own, with a host key and whom it lets in of a test's own. */
class RealServer implements AutoCloseable {
    static final String PROGRAM = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find { new File(it).canExecute() }

    final File folder
    final int port
    final File log
    Process process

    /** Whether one can run here: it changes to the user that logs in, and has /run/sshd in a mount namespace of its own. */
    static boolean missing() {
        PROGRAM == null || 'id -u'.execute().text.trim() != '0' || ['unshare', '-m', 'true'].execute().waitFor() != 0
    }

    /** @param lines of sshd_config(5), which come first */
    RealServer(File folder, List<String> lines = [], List<String> hostKeys = ['ed25519']) {
        this.folder = folder
        this.port = new ServerSocket(0, 1, InetAddress.getByName('127.0.0.1')).withCloseable { it.localPort }
        log = new File(folder, "sshd.$port")
        def keys = hostKeys.collect { type ->
            def key = new File(folder, "host_$type")
            if (!key.exists()) Client.run(['ssh-keygen', '-q', '-t', type, '-N', '', '-C', '', '-f', key.path] + (type == 'rsa' ? ['-b', '2048'] : []))
            key
        }
        def config = new File(folder, "sshd_config.$port")
        config.text = (lines + keys.collect { "HostKey $it" } + [
                'ListenAddress 127.0.0.1', 'ListenAddress ::1', "Port $port", 'PidFile none', 'UsePAM no', 'StrictModes no', 'PermitRootLogin yes',
                'PasswordAuthentication no', 'KbdInteractiveAuthentication no', "AuthorizedKeysFile $folder/authorized_keys", 'LogLevel VERBOSE',
                'AcceptEnv *',
        ]).join('\n') + '\n'
        process = new ProcessBuilder('unshare', '-m', 'sh', '-c',
                'mount -t tmpfs none /run && mkdir /run/sshd && exec "$0" -D -e -f "$1"', PROGRAM, config.path)
                .redirectErrorStream(true).redirectOutput(log).start()
        new spock.util.concurrent.PollingConditions(timeout: 20, delay: 0.05).eventually {
            assert process.alive && log.text.contains("Server listening on 127.0.0.1 port $port")
        }
    }

    String knownHostsLine(String type = 'ed25519', String name = "[127.0.0.1]:$port") {
        "$name ${new File(folder, "host_${type}.pub").text.trim()}\n"
    }

    void close() {
        process.descendants().forEach { it.destroy() }
        process.destroy()
        process.waitFor(10, TimeUnit.SECONDS)
    }
}
