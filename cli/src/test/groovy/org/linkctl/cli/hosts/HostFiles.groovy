package org.linkctl.cli.hosts

import org.linkctl.lab.Lab

/**
 * What stands under /etc, /usr/local and /var/lib of a real host: every file, link and folder with its mode and owner, and
 * every file's content by its hash. After an undo, a rollback or a kill it is what it was, but for what is named here.
 */
class HostFiles {
    /** Paths that may differ after an undo, each with the reason; whole paths, as regular expressions. */
    static final Map<String, String> MAY_DIFFER = [
        '/var/lib/linkctl': 'the folder of the two below, which the first run makes',
        '/var/lib/linkctl/guard': "the guard's program, which every run writes where it differs",
        '/var/lib/linkctl/runs(/.*)?': "linkctl's own history: what was done, when, and what became of it",
        '/etc/rc\\.conf(\\.local)?': 'variables of FreeBSD, which sysrc(8) may quote otherwise; each is compared as a line of its own',
        '/var/lib/systemd/timers(/.*)?': 'when timers of the system last went off',
        '/var/lib/systemd/timesync/clock': 'the last time that was known',
        '/var/lib/(dhcp|dhcpcd|NetworkManager)/.*lease.*': 'leases, which are renewed'
    ]

    /** What is left besides where linkctl was killed. */
    static final Map<String, String> MAY_DIFFER_BY_KILL = MAY_DIFFER + [
        '/var/lib/linkctl/lock(\\..*)?': 'whose shell had the lock, where nothing was changed yet; the next run takes it'
    ]

    /** What a restart, or a crash, changes besides. */
    static final Map<String, String> MAY_DIFFER_BY_RESTART = MAY_DIFFER_BY_KILL + [
        '/etc/machine-id': 'made at the first boot from a disk that has none',
        '/etc/(adjtime|\\.updated)': 'written by what shuts down, or boots first',
        '/var/lib/systemd/random-seed': 'a new one at each boot',
        '/var/lib/systemd/(catalog|coredump|backlight|rfkill)(/.*)?': 'state that systemd keeps from one boot to the next'
    ]

    /**
     * The unit files and how they are enabled. systemd gives nothing where it did not answer in time (a host just booted, on
     * a busy machine): then it is asked again, and where it never answers there is no dump.
     */
    static final String UNITS = '''
        for ask in 1 2 3 4 5; do units=$(systemctl list-unit-files --no-legend --no-pager) && [ "$units" ] && break; done
        [ "$units" ] || { echo 'systemctl lists no unit files' >&2; exit 1; }
        printf '%s\\n' "$units" | awk '!/^linkctl-guard/ { print $1, $2, $3 }' | sort
    '''

    private static final String DUMP = '''
        TREES='/etc /usr/local /var/lib'
        case $(uname) in
        FreeBSD)
            find -x $TREES -exec stat -f '%N%t%Sp %u:%g%Y' {} +
            find -x $TREES -type f -exec sha256 -r {} + | sed 's/^\\([0-9a-f]*\\) \\(.*\\)/\\2\t\\1/'
            sysrc -a | sed 's/^/rc.conf: /'
            ;;
        *)
            find $TREES -xdev -printf '%p\\t%M %U:%G %l\\n'
            find $TREES -xdev -type f -exec sha256sum {} + | sed 's/^\\\\*\\([0-9a-f]*\\)  \\(.*\\)/\\2\\t\\1/'
            ;;
        esac | sort'''

    /** A line for each folder, link and file, and one more for each file's content. */
    static List<String> dump(Lab lab, String host) {
        def lines = lab.exec(host, DUMP).orThrow().readLines()
        assert lines.size() > 300 && lines.any { it.startsWith('/etc/passwd\t-rw-r--r-- 0:0') } && lines.any { it ==~ '/etc/passwd\t[0-9a-f]{64}' }
        lines
    }

    /** The same of several hosts, by their names. */
    static Map<String, List<String>> of(Lab lab, Collection<String> hosts) {
        hosts.collectEntries { [it, dump(lab, it)] }
    }

    /** What moved on any of them. */
    static List<String> movedOf(Map<String, List<String>> before, Map<String, List<String>> after, Map<String, String> mayDiffer = MAY_DIFFER) {
        before.keySet().collectMany { host -> moved(before[host], after[host], mayDiffer).collect { "$host $it".toString() } }
    }

    /** What is there no longer, and what is there that was not. */
    static List<String> moved(List<String> before, List<String> after, Map<String, String> mayDiffer = MAY_DIFFER) {
        def counts = { String line -> !mayDiffer.keySet().any { line.takeBefore('\t') ==~ it } }
        def was = before as Set
        def is = after as Set
        (was - is).findAll(counts).collect { "- $it".toString() } + (is - was).findAll(counts).collect { "+ $it".toString() }
    }
}
