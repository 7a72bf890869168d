package org.linkctl.modules.linux.pair

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.model.Fabric
import org.linkctl.model.Host
import org.linkctl.modules.Modules
import org.linkctl.shell.Step
import org.linkctl.spi.Published
import org.linkctl.spi.Scope
import spock.util.concurrent.PollingConditions

/** A machine in namespaces of its own (network, mounts): with files below /etc and /run that are its own, and daemons. */
class Router implements Closeable {
    final String name
    final Path folder
    private final Process process
    private final Map<String, Process> daemons = [:]

    Router(String name, Path folder) {
        this.name = name
        this.folder = Files.createDirectories(folder.resolve(name))
        process = new ProcessBuilder(['unshare', '-n', '-m', '--propagation', 'private', 'sh', '-ec', '''
            mount -t tmpfs none /run; mount -t sysfs none /sys; mkdir -p /run/linkctl-conntrackd
            for place in /etc/keepalived /etc/linkctl /etc/wireguard /usr/local/lib; do
                mkdir -p "$0$place" $place; mount --bind "$0$place" $place
            done
            touch "$0/protocols"; mount --bind "$0/protocols" /etc/protocols # a small host has none
            ip link set lo up
            echo ready; exec sleep 900''', this.folder.toString()]).redirectErrorStream(true).start()
        def said = process.inputReader().readLine()
        if (said != 'ready') throw new IOException("no namespaces for $name: $said")
    }

    /** Why there can be none here; null: there can. */
    static String missing() {
        for (List<String> needed : [['unshare', '-n', '-m', 'true'], ['keepalived', '-v'], ['conntrackd', '-v'], ['conntrack', '-V'], ['arping', '-V'],
                                    ['unshare', '-n', 'nft', 'list', 'tables'], ['unshare', '-n', 'ip', 'link', 'add', 'br0', 'type', 'bridge'], ['flock', '-V'], ['ping', '-V']]) {
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

    private List<String> enter() { ['nsenter', '-t', "$pid".toString(), '-n', '-m'] }

    /** What a shell prints there, whatever its status. */
    String attempt(String script) {
        def shell = start(script)
        shell.inputStream.text
    }

    /** What a shell prints there; fails where it does. */
    String run(String script) {
        def shell = start(script)
        def said = shell.inputStream.text
        assert shell.waitFor() == 0: "$name: $script: $said"
        said
    }

    Process start(String script) {
        new ProcessBuilder(enter() + ['sh', '-ec', script]).redirectErrorStream(true).start()
    }

    /** Puts there what a module wants on a bare host, and runs nothing. */
    void put(Fabric fabric, String module, Published told = Published.NOTHING) {
        steps(fabric, module, told).findAll { it instanceof Step.PutFile }.each { Step.PutFile step ->
            def file = folder.resolve(step.path().substring(1))
            Files.createDirectories(file.parent)
            Files.writeString(file, step.content().text())
            file.toFile().setExecutable(step.mode() == '0755', false)
        }
    }

    /** The steps of a module on a bare host. */
    private List<Step> steps(Fabric fabric, String name, Published told) {
        def module = Modules.all().find { it.name() == name }
        Host host = fabric.hosts().find { it.name() == this.name }
        module.want(new Scope(fabric, host, told)).collectMany { want ->
            def bare = module.bare(want)
            module.steps(want, bare, module.diff(want, bare))
        }
    }

    void daemon(String name, String command) {
        daemons[name] = new ProcessBuilder(enter() + ['sh', '-c', "exec $command".toString()])
            .redirectErrorStream(true).redirectOutput(folder.resolve("${name}.log").toFile()).start()
    }

    /** WireGuard's interface, by wireguard-go(8) where the kernel has none; there when it takes its keys: it is seen before that. */
    void wireguardInterface(String name) {
        daemon(name, "wireguard-go -f $name")
        new PollingConditions(timeout: 20, delay: 0.05).eventually { assert attempt("wg show $name && echo answers").contains('answers') }
    }

    /** Its process, and no other; ends when what it started has ended, too, as systemd waits for before it starts it anew. */
    void kill(String name, String signal) {
        def daemon = daemons.remove(name)
        def started = daemon.descendants().toList()
        new ProcessBuilder('kill', "-$signal", "${daemon.pid()}").start().waitFor()
        daemon.waitFor(10, TimeUnit.SECONDS)
        started.each { it.onExit().get(10, TimeUnit.SECONDS) }
    }

    void signal(String name, String signal) {
        new ProcessBuilder('kill', "-$signal", "${daemons[name].pid()}").start().waitFor()
    }

    boolean runs(String name) { daemons[name]?.isAlive() }

    String log(String name) { Files.readString(folder.resolve("${name}.log")) }

    boolean holds(String address) {
        !attempt("ip -o address show to $address").isBlank()
    }

    @Override
    void close() {
        daemons.values().each { daemon ->
            daemon.descendants().forEach { it.destroyForcibly() }
            daemon.destroyForcibly()
        }
        process.destroyForcibly()
    }
}
