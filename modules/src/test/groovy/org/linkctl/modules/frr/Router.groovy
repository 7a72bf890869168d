package org.linkctl.modules.frr

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import org.linkctl.model.Fabric
import org.linkctl.modules.linux.bgp.BgpOnLinux
import org.linkctl.shell.Argv
import org.linkctl.shell.Content
import org.linkctl.shell.Secret
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Finding
import org.linkctl.spi.Owned
import org.linkctl.spi.Published
import org.linkctl.spi.Question
import org.linkctl.spi.Scope

/**
 * A host in namespaces of its own, for network, files, processes and users, with the FRR of this machine: its own /etc/frr and
 * /run, and in systemd's place a script that calls FRR's. Its processes end with it.
 */
class Router implements Closeable {
    static final BgpOnLinux MODULE = new BgpOnLinux()

    final String name
    private final Process process
    /** Of the first process there, as it is seen from here. */
    final long pid

    Router(String name, Router beside = null) {
        this.name = name
        process = new ProcessBuilder((beside ? beside.enter() + ['unshare', '-nmpf'] : ['unshare', '-rnmpf']) + ['--kill-child', '--mount-proc', 'sh', '-ec', FILES])
            .redirectErrorStream(true).start()
        def said = process.inputReader().readLine()
        if (said != 'ready') throw new IOException("no namespaces: $said")
        def first = process.children().findFirst().get()
        pid = (beside ? first.children().findFirst().get() : first).pid() // nsenter has a process of its own between
    }

    private static final String FILES = '''
        mount -t tmpfs none /run
        mkdir -p /run/frr /run/bin
        mount -t tmpfs none /etc/frr
        mount -t tmpfs none /var/log/frr
        printf 'root:x:0:0::/root:/bin/sh\\nfrr:x:0:0::/:/bin/sh\\n' >/run/passwd
        printf 'root:x:0:root,frr\\nfrrvty:x:0:root,frr\\nfrr:x:0:frr\\n' >/run/group
        mount --bind /run/passwd /etc/passwd
        mount --bind /run/group /etc/group
        printf 'bgpd=no\\nospfd=no\\nbfdd=no\\nvtysh_enable=yes\\nzebra_options="-A 127.0.0.1"\\nbgpd_options="-A 127.0.0.1"\\n' >/etc/frr/daemons
        printf 'log syslog informational\\nservice integrated-vtysh-config\\n' >/etc/frr/frr.conf
        echo service integrated-vtysh-config >/etc/frr/vtysh.conf
        cat >/run/bin/systemctl <<'END'
#!/bin/sh
case $1 in
  show) printf 'ActiveState=active\\nUnitFileState=enabled\\nNeedDaemonReload=no\\n' ;;
  enable | disable) ;;
  *) exec /usr/lib/frr/frrinit.sh "$1" >/run/frrinit.log 2>&1 ;;
esac
END
        chmod 0755 /run/bin/systemctl
        echo ready
        for second in $(seq 1200); do sleep 1 & wait; done # whose daemons' ends are noticed, as init's are'''

    /** Why there can be none here; null: there can. */
    static String missing() {
        for (List<String> needed : [['unshare', '-rnmpf', '--mount-proc', 'mount', '-t', 'tmpfs', 'none', '/run'], ['unshare', '-rn', 'nft', 'list', 'tables'], ['vtysh', '-h'],
                                    ['ls', '/usr/lib/frr/bgpd', '/usr/lib/frr/bfdd', '/usr/lib/frr/frrinit.sh', '/etc/frr', '/var/log/frr']]) {
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

    private List<String> enter() { ['nsenter', '-t', "$pid".toString(), '-U', '-n', '-m', '-p', '--preserve-credentials'] }

    /** A pair of interfaces of one name, an end in each of two hosts. Their processes' numbers are those of outside. */
    void join(Router other, String device) {
        def made = new ProcessBuilder(['nsenter', '-t', "$pid", '-U', '-n', '--preserve-credentials', 'ip', 'link', 'add', device, 'type', 'veth',
                                       'peer', 'name', device, 'netns', "$other.pid"]*.toString()).redirectErrorStream(true).start()
        assert made.waitFor() == 0: made.inputStream.text
    }

    private Answer.Output execute(List<String> words, byte[] input = null) {
        def builder = new ProcessBuilder(enter() + ['env', 'PATH=/run/bin:/usr/sbin:/usr/bin:/sbin:/bin'] + words)
        File out = File.createTempFile('out', ''), err = File.createTempFile('err', '') // daemons keep a pipe open
        def started = builder.redirectOutput(out).redirectError(err).start()
        started.outputStream.withCloseable { if (input != null) it.write(input) }
        int exit = started.waitFor()
        def output = new Answer.Output(exit, out.text, err.text)
        [out, err]*.delete()
        output
    }

    /** What a shell prints there; fails where it does. */
    String run(String script) {
        def output = execute(['sh', '-ec', script])
        assert output.ok(): output.stdout() + output.stderr()
        output.stdout()
    }

    void put(String path, String text) {
        assert execute(['sh', '-ec', 'cat >"$1"', 'sh', path], text.bytes).ok()
    }

    String vtysh(String... commands) {
        def output = execute(['vtysh'] + commands.collectMany { ['-c', it] })
        assert output.ok(): output.stdout() + output.stderr()
        output.stdout()
    }

    Answers ask(List<Question> questions) {
        new Answers(questions.collectEntries { [(it): answer(it)] })
    }

    private Answer answer(Question question) {
        if (question instanceof Question.Command) return execute(question.argv().words())
        def read = execute(['cat', question.path()])
        if (!read.ok()) return new Answer.Absent()
        question instanceof Question.ReadSecret ? new Answer.Hidden(new Secret(read.stdout())) : new Answer.Text(read.stdout())
    }

    Scope scope(Fabric fabric, Collection<String> drained = []) {
        new Scope(fabric, fabric.host(name).get(), Published.NOTHING, drained as Set, org.linkctl.spi.Secrets.NONE)
    }

    BgpWanted want(Fabric fabric, Collection<String> drained = []) {
        MODULE.want(scope(fabric, drained)).first()
    }

    BgpFacts facts(BgpWanted want) {
        MODULE.facts(want, ask(MODULE.probe(want)))
    }

    List<Change> plan(BgpWanted want) {
        MODULE.diff(want, facts(want))
    }

    /** Makes what differs, and returns the steps. */
    List<Step> apply(BgpWanted want) {
        def have = facts(want)
        def steps = MODULE.steps(want, have, MODULE.diff(want, have))
        steps.each { perform(it) }
        steps
    }

    void perform(Step step) {
        if (step instanceof Step.Run) must(step.argv())
        else if (step instanceof Step.PutFile) {
            def text = step.content() instanceof Content.Plain ? step.content().text() : step.content().secret().reveal()
            assert execute(['sh', '-ec', 'cat >"$1"; chmod "$2" "$1"', 'sh', step.path(), step.mode()], text.bytes).ok()
        } else if (step instanceof Step.RemoveFile) must(Argv.of('rm', '-f', step.path()))
        else throw new IllegalStateException("$step")
    }

    void undo(List<Step> steps) {
        steps.reverse().findAll { it instanceof Step.Run }.each { Step.Run step -> step.undo().each { must(it) } }
    }

    private void must(Argv argv) {
        def output = execute(argv.words())
        assert output.ok(): "$argv: ${output.stdout()}${output.stderr()}"
    }

    BgpWanted gone(Fabric fabric) {
        def want = want(fabric)
        def memory = MODULE.memory(want, facts(want), Optional.empty()).get()
        MODULE.absent(scope(fabric), new Owned(want.id(), memory)).get()
    }

    List<Finding> verify(Fabric fabric) {
        def want = want(fabric)
        def answers = ask(MODULE.probe(want) + MODULE.examine(want))
        MODULE.findings(want, MODULE.facts(want, answers), answers)
    }

    int paths(boolean v6 = false) {
        run("ip ${v6 ? '-6' : '-4'} route show proto bgp").readLines().count { it.contains('nexthop') }
    }

    private JsonNode json(String command) {
        new ObjectMapper().readTree(vtysh("$command json"))
    }

    /** What a neighbour is told. */
    Set<String> announced(String neighbor, boolean v6) {
        json("show bgp ${v6 ? 'ipv6' : 'ipv4'} unicast neighbors $neighbor advertised-routes").path('advertisedRoutes').fieldNames().toSet()
    }

    /** What was taken from each neighbour. */
    Map<String, Set<String>> taken(boolean v6) {
        def out = [:].withDefault { [] as Set }
        json("show bgp ${v6 ? 'ipv6' : 'ipv4'} unicast").path('routes').properties().each { route ->
            route.value.findAll { it.path('peerId').asText().startsWith('10.255.') }.each { out[it.path('peerId').asText()] << route.key }
        }
        new TreeMap(out)
    }

    int keepalives(String neighbor) {
        json("show bgp neighbors $neighbor").path(neighbor).path('messageStats').path('keepalivesRecv').asInt()
    }

    /** How often each session was established, by neighbour; those that are. */
    Map<String, Integer> established() {
        json('show bgp neighbors').properties().findAll { it.value.path('bgpState').asText() == 'Established' }
            .collectEntries { [(it.key): it.value.path('connectionsEstablished').asInt()] }
    }

    @Override
    void close() {
        process.destroyForcibly().waitFor()
    }
}
