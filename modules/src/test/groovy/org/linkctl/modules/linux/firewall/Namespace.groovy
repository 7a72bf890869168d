package org.linkctl.modules.linux.firewall

import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit

/** A network namespace with a host in it that talks; of one user namespace with those that it was made beside. */
class Namespace implements Closeable {
    private final Process process
    private Process talk
    private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>()
    private int calls

    Namespace(Namespace beside = null) {
        process = new ProcessBuilder((beside ? beside.enter() + ['unshare', '-n'] : ['unshare', '-rn']) + ['sh', '-c', 'echo ready; exec sleep 600'])
            .redirectErrorStream(true).start()
        def said = process.inputReader().readLine()
        if (said != 'ready') throw new IOException("no network namespace: $said")
    }

    /** Why there can be none here; null: there can. */
    static String missing() {
        for (List<String> needed : [['unshare', '-rn', 'true'], ['unshare', '-rn', 'nft', 'list', 'tables'], ['ip', '-V'], ['nsenter', '-V']]) {
            try {
                def tried = new ProcessBuilder(needed).redirectErrorStream(true).start()
                def said = tried.inputStream.text
                if (tried.waitFor() != 0) return "${needed.join(' ')}: $said"
            } catch (IOException e) {
                return e.message
            }
        }
        null
    }

    long getPid() { process.pid() }

    private List<String> enter() { ['nsenter', '-t', "$pid".toString(), '-U', '-n', '--preserve-credentials'] }

    /** What a shell prints there; fails where it does. */
    String run(String script) {
        def shell = new ProcessBuilder(enter() + ['sh', '-ec', script]).redirectErrorStream(true).start()
        def said = shell.inputStream.text
        assert shell.waitFor() == 0: said
        said
    }

    void listen(List<Integer> ports) {
        talk = new ProcessBuilder(enter() + ["${System.getProperty('java.home')}/bin/java".toString(), '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'), Talk.name] + ports*.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT).start()
        def lines = talk.inputReader()
        assert lines.readLine() == 'ready'
        Thread.startVirtualThread {
            for (String line; (line = lines.readLine()) != null;) {
                def at = line.indexOf(' ')
                answers.remove(line.substring(0, at)).complete(line.substring(at + 1))
            }
        }
    }

    /** Calls from there; what the other end answers comes when it does. */
    synchronized CompletableFuture<String> call(String proto, String from, String to, int port) {
        def id = "${++calls}".toString()
        def answer = new CompletableFuture<String>().orTimeout(60, TimeUnit.SECONDS)
        answers[id] = answer
        talk.outputWriter().tap { write("$id $proto $from $to $port\n"); flush() }
        answer
    }

    @Override
    void close() {
        talk?.destroyForcibly()
        process.destroyForcibly()
    }
}
