package org.linkctl.engine.ssh

/** A real ssh-agent of a test's own, ended by its process. */
class AgentProcess implements AutoCloseable {
    final String socket
    final Process process

    AgentProcess(File folder) {
        socket = "$folder/agent.sock"
        process = new ProcessBuilder('ssh-agent', '-D', '-a', socket).redirectErrorStream(true).start()
        // It says where it listens once it does.
        process.inputStream.read()
    }

    void add(File key) {
        ProcessBuilder builder = new ProcessBuilder('ssh-add', '-q', key.path).redirectErrorStream(true)
        builder.environment().put('SSH_AUTH_SOCK', socket)
        Process add = builder.start()
        String said = add.inputStream.text
        assert add.waitFor() == 0: said
        key.delete()
    }

    void close() {
        process.destroy()
        process.waitFor()
    }
}
