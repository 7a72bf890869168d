package org.linkctl.modules

import groovy.transform.CompileStatic
import org.linkctl.modules.frr.FrrOwnFiles
import org.linkctl.modules.frr.FrrSecrets
import org.linkctl.modules.hostsshd.SshdPrograms
import org.linkctl.modules.paths.UdpExamination
import org.linkctl.spi.Question

/** Which questions only look. A list of what is allowed: a command that is not on it is not asked. */
@CompileStatic
class ReadOnly {
    /** Commands that cannot change anything, whatever their words. */
    private static final Set<String> ALWAYS = ['cat', 'ls', 'stat', 'readlink', 'realpath', 'uname', 'test', 'id', 'head', 'tail',
                                               'grep', 'dpkg-query', 'modinfo', 'getent', 'host', 'ss', 'sha256sum', 'lsmod', 'ping', 'which', 'tracepath',
                                               'printenv', 'kldstat', 'netstat', 'df', 'cmp', 'pgrep', 'iptables-save', 'ip6tables-save', 'iptables-legacy-save', 'ip6tables-legacy-save'] as Set

    /** What freebsd.watch runs: it counts lines of what pfctl shows. */
    private static final List<String> GATEWAYS = ["pfctl -s state -vv | sed -n 's/.* gateway: \\([0-9a-f:.]*\\).*/\\1/p' | sort | uniq -c".toString()]

    /** What freebsd.watch runs: what each table holds. */
    private static final String TABLES = 'for table in [a-z0-9_ ]+; do echo \\$table \\$\\(pfctl -q( -a linkctl/rules)? -t \\$table -T show 2>/dev/null\\); done'

    /** What freebsd.pf-anchor runs: the rules of a file, as pfctl parses it. */
    private static final List<String> MAIN = ['pfctl -nv -f "$(sysrc -n pf_rules)"']

    /** netstat(1) shows routes; awk(1) chooses among them. */
    private static final List<String> NETSTAT = Routes.SCRIPTS

    /** What the modules of BGP ask for: the configuration that runs, with passwords masked, and names of files. */
    private static final List<String> FRR = [FrrSecrets.script(), FrrOwnFiles.script()]

    /** What linux.publish runs: whether somebody takes a connection. Nothing is sent, no file is opened (bash(1), REDIRECTION). */
    private static final List<String> CONNECTS = ['bash', '-c', ': >"/dev/tcp/$1/$2"', 'ask']

    /** What the doctor sends: five datagrams to a port on which nobody listens. No file is opened. */
    private static final List<String> SENDS = [UdpExamination.SEND, UdpExamination.SEND_BY_NC]

    private static final List<List<String>> PARSES = [['pfctl', '-nv', '-f', '/etc/pf.conf'],
                                                      ['pfctl', '-o', 'none', '-a', 'linkctl/rules', '-nv', '-f', '/etc/linkctl/pf.conf']]

    /** vtysh(1): with one command, which shows. */
    private static final Closure<Boolean> SHOWS = { List<String> w -> w.size() == 3 && w[1] == '-c' && w[2].startsWith('show ') }

    /** Commands that can, with the words that keep them from it. */
    private static final Map<String, Closure<Boolean>> WHEN = [
        ip: { List<String> w -> w.any { it in ['show', 'get', 'list'] } && !w.any { it in ['add', 'del', 'delete', 'set', 'replace', 'change', 'append', 'flush', 'exec', '-b', '-batch'] } },
        // Not dump, showconf, private-key or preshared-keys: they print keys.
        wg: { List<String> w -> w.size() >= 2 && w[1] == 'show' && !w.any { it in ['dump', 'private-key', 'preshared-keys'] } && (w.size() > 3 || (w.size() == 3 && w[2] in ['interfaces'])) },
        systemctl: { List<String> w -> verb(w) in ['is-active', 'is-enabled', 'is-failed', 'show', 'cat', 'list-units', 'list-unit-files', 'list-timers'] },
        // With a name alone it shows; FreeBSD's takes no other words, and sets by an equals sign.
        ifconfig: { List<String> w -> w.size() == 1 || (w.size() == 3 && w[1] == '-v') || (w.size() == 2 && (w[1] == '-a' || !w[1].startsWith('-'))) },
        sysctl: { List<String> w -> w.any { it in ['-n', '-a', '-e'] } && !w.any { it in ['-w', '-p', '--system'] || it.contains('=') } },
        'systemd-analyze': { List<String> w -> verb(w) == 'cat-config' },
        rpm: { List<String> w -> w.size() > 1 && (w[1] in ['-q', '-qa'] || w[1..2] == ['-e', '--test']) },
        dpkg: { List<String> w -> w.size() == 4 && w[1..2] == ['--simulate', '--remove'] },
        pkg: { List<String> w -> w[1] == 'query' },
        // sudo(8): -l lists what a user may do.
        sudo: { List<String> w -> w.size() == 5 && w[1..3] == ['-n', '-l', '-U'] },
        'apt-cache': { List<String> w -> verb(w) in ['policy', 'show'] },
        nft: { List<String> w -> w.contains('list') && !w.any { it in ['add', 'delete', 'flush', 'insert', 'replace', '-f'] } },
        nmcli: { List<String> w -> w.drop(4) in [['device', 'status'], ['connection', 'show']] && w.take(3) == ['nmcli', '-t', '-f'] },
        networkctl: { List<String> w -> verb(w) in ['status', 'list', 'cat'] },
        tc: { List<String> w -> w.contains('show') && !w.any { it in ['add', 'del', 'replace', 'change', 'link'] } },
        bridge: { List<String> w -> w.contains('show') },
        ethtool: { List<String> w -> w.size() == 2 || w[1] in ['-i', '-k', '-S', '-g', '-a', '-l'] },
        modprobe: { List<String> w -> w.contains('-n') || w.contains('--dry-run') },
        // Fixed scripts, too: linux.firezone asks for one answer over the loopback.
        timeout: { List<String> w -> w.size() > 2 && (w[2] in ALWAYS || w[2..5] == CONNECTS || (w[2] == 'bash' && w[3] == '-c' && w[4] in Firezone.ALL)) },
        bash: { List<String> w -> w.size() == 6 && w[1] == '-c' && w[2] in SENDS },
        // It prints its settings, and checks that its files are right.
        '/usr/sbin/sshd': { List<String> w -> w == ['/usr/sbin/sshd', '-T'] },
        command: { List<String> w -> w.size() > 1 && w[1] == '-v' },
        journalctl: { List<String> w -> !w.any { it.startsWith('--vacuum') || it.startsWith('--rotate') } },
        timedatectl: { List<String> w -> verb(w) in ['show', 'status', 'list-timezones'] },
        date: { List<String> w -> w.drop(1).every { it.startsWith('+') } },
        // FreeBSD's: showing, parsing, and asking for values.
        pfctl: { List<String> w -> w in PARSES || (w.any { it in ['-s', '-T'] } && !w.any { it in ['-e', '-d', '-f', '-F', '-k', '-K', '-x', 'add', 'delete', 'replace', 'flush', 'kill'] }) },
        // Whether somebody takes a connection: nothing is sent.
        nc: { List<String> w -> w.take(3) == ['nc', '-n', '-z'] },
        ipfw: { List<String> w -> w == ['ipfw', 'list'] },
        arp: { List<String> w -> w == ['arp', '-an'] },
        service: { List<String> w -> w.size() == 3 && w[2] in ['onestatus', 'rcvar'] },
        sysrc: { List<String> w -> !w.any { it.contains('=') || it in ['-x', '-d'] } },
        // Only the stream is edited, and by substitution alone.
        sed: { List<String> w -> w.size() == 4 && w[1] == '-E' && w[2] ==~ /s\/[^\/]+\/[^\/]*\// },
        // Fixed scripts, each looked at: they read files and print no key.
        '/bin/sh': { List<String> w -> w.size() > 3 && w[1] == '-c' && (w[2] in WireguardScripts.ALL + GATEWAYS + MAIN + NETSTAT + FRR + SENDS + SshdPrograms.questions() || w[2] ==~ TABLES) },
        vtysh: { List<String> w -> SHOWS(w) },
        '/usr/local/bin/vtysh': { List<String> w -> SHOWS(w) },
        find: { List<String> w -> !w.any { it in ['-delete', '-exec', '-execdir', '-ok', '-fprint', '-fls'] } },
    ]

    static boolean allows(Question question) {
        if (!(question instanceof Question.Command)) return true
        List<String> words = question.argv().words()
        words.first() in ALWAYS || (WHEN[words.first()]?.call(words) ?: false)
    }

    private static String verb(List<String> words) {
        words.drop(1).find { !it.startsWith('-') } ?: ''
    }
}
