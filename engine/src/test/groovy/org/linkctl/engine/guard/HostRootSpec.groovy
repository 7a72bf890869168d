package org.linkctl.engine.guard

import java.nio.file.Files
import java.nio.file.Path

import org.linkctl.shell.Argv
import org.linkctl.shell.Step
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** The guard as on a host, with the paths of one: /etc, /usr/local and /var/lib are those of a mount namespace. */
@Timeout(120)
@Requires({ NetworkSpec.namespaces() })
class HostRootSpec extends Specification {
    @TempDir Path folder

    /** What systemd's programs are to the guard; a watcher outlives the one who starts it. */
    static final String SYSTEMD = '''
        mkdir -p /run/systemd/system
        printf '#!/bin/sh\\nexit 0\\n' >/usr/local/sbin/systemctl
        printf '#!/bin/sh\\nwhile [ "${1#--}" != "$1" ]; do shift; done\\nsetsid "$@" >/dev/null 2>&1 </dev/null &\\n' >/usr/local/sbin/systemd-run'''

    /** What of FreeBSD the guard looks for. */
    static final String FREEBSD = '''
        printf '#!/bin/sh\\n' >/usr/local/sbin/rcorder
        : >/etc/rc.subr'''

    private static String script(String system, String change, String end) {
        // awk, for one, is found by a link of alternatives(1).
        """set -u
        cp -a /etc/alternatives \$1
        for root in /etc /usr/local /var/lib /run; do mount -t tmpfs -o mode=0755 tmpfs \$root || exit 9; done
        PATH=/usr/local/sbin:\$PATH
        umask 022
        cp -a \$1/alternatives /etc
        mkdir -p /usr/local/sbin /usr/local/lib/linkctl /var/lib/linkctl /etc/wireguard
        $system
        chmod +x /usr/local/sbin/*
        cd /usr/local/lib/linkctl
        for one in route-a-b 'route-b-a c'; do printf '#!/bin/sh\\n# Made by linkctl\\n# usage: %s apply | up IF | down IF\\necho "\$0 \$1" >>/run/called\\n' "\$one" >"\$one"; chmod 755 "\$one"; done
        cp -p route-a-b route-a-b.bak; echo theirs >'route-of somebody else'; ln -s '/etc/no such file' 'route-a link'
        echo x >'/etc/of others'; chmod 664 '/etc/of others'; echo before >'/etc/a file'; chmod 640 '/etc/a file'; echo before >/etc/wireguard/wg0.conf; ln -s wireguard/wg0.conf /etc/link
        cp \$1/guard /var/lib/linkctl/guard
        dump() { find /etc /usr/local /var/lib ! -path '/var/lib/linkctl/*' \\( -type f -printf '%p %M %U:%G ' -exec sha256sum {} ';' -o -printf '%p %M %U:%G %l\\n' \\) | sort; }
        guard() { sh /var/lib/linkctl/guard "\$@" || echo "guard \$*: \$?"; }
        dump >\$1/before
        for run in r1 r2; do
            mkdir -p /var/lib/linkctl/runs/\$run
            cp \$1/undo.1 /var/lib/linkctl/runs/\$run
            guard lock \$run me
            guard arm \$run 1 60
            dump >\$1/armed.\$run
            $change
            dump >\$1/changed.\$run
            $end
            until [ "\$(cat /var/lib/linkctl/runs/\$run/state)" != armed ] && [ ! -e /var/lib/linkctl/armed ] && [ ! -e /var/lib/linkctl/folders ]; do sleep 0.1; done
            dump >\$1/after.\$run
        done
        cat /run/called >\$1/called
        ls /var/lib/linkctl >\$1/left"""
    }

    private List<String> lines(String name) { folder.resolve(name).toFile().readLines() }

    private String during(String system, List<Step> steps, String change, String end) {
        Files.writeString(folder.resolve('guard'), GuardProgram.text())
        Files.writeString(folder.resolve('undo.1'), UndoList.of(steps))
        def process = new ProcessBuilder('unshare', '-rnm', 'sh', '-c', script(system, change, end), 'sh', folder.toString()).redirectErrorStream(true).start()
        String said = process.inputStream.text
        process.waitFor()
        said
    }

    private static final List<Step> STEPS = [
        Step.put('/etc/a file', '0644', 'after'), Step.put('/usr/local/lib/linkctl/route-c-d', '0755', 'made'), Step.put('/etc/made/below/one', '0600', 'made'),
        new Step.RemoveFile('/etc/wireguard/wg0.conf'), new Step.RemoveFile('/etc/link'), Step.run(Argv.of('touch', '/etc/ran'), Argv.of('rm', '-f', '/etc/ran')),
        Step.run(Argv.of('chmod', '0600', '/etc/of others'), Argv.of('chmod', '0664', '/etc/of others'))]

    private static final String CHANGE = '''echo after >'/etc/a file'; chmod 644 '/etc/a file'; mkdir -p /etc/made/below; echo made >/etc/made/below/one
            printf '#!/bin/sh\\n# usage: route-c-d apply\\n' >/usr/local/lib/linkctl/route-c-d; rm /etc/wireguard/wg0.conf /etc/link; touch /etc/ran; chmod 600 "/etc/of others"'''

    def 'every file is what it was, twice in a row: #system'() {
        when:
        def said = during(what, STEPS, CHANGE, 'guard fire $run why')

        then:
        !said.contains('not found')
        lines('changed.r1') != lines('before')
        lines('after.r1') == lines('before')
        lines('after.r2') == lines('before')
        lines('left') == ['guard', 'runs']

        and: 'what brings routes back was run, and no copy of it, nor what else lies there'
        lines('called').unique() == ['/usr/local/lib/linkctl/route-a-b apply', '/usr/local/lib/linkctl/route-b-a c apply']

        and: 'what is to undo it at boot was there meanwhile, and folders for it that all may read'
        lines('armed.r1').any { it.startsWith("$unit ") }
        folders.every { path -> lines('armed.r1').any { it.startsWith("$path drwxr-xr-x ") } && !lines('before').any { it.startsWith("$path ") } }

        where:
        system    | what    | unit                                              | folders
        'systemd' | SYSTEMD | '/etc/systemd/system/linkctl-guard.service'       | ['/etc/systemd', '/etc/systemd/system', '/etc/systemd/system/sysinit.target.wants']
        'FreeBSD' | FREEBSD | '/usr/local/etc/rc.d/linkctl_guard'               | ['/usr/local/etc', '/usr/local/etc/rc.d']
    }

    def 'a change that is confirmed leaves nothing of the guard but its record: #system'() {
        when:
        during(what, STEPS, CHANGE, 'guard confirm $run')

        then:
        def made = (lines('armed.r1') - lines('before')) as Set
        made.size() > 1
        lines('after.r1') == lines('changed.r1').findAll { !(it in made) }
        lines('left') == ['guard', 'runs']

        where:
        system    | what
        'systemd' | SYSTEMD
        'FreeBSD' | FREEBSD
    }

    def 'after a restart every file is what it was: #system'() {
        when: 'the watcher has gone with the host'
        during(what, STEPS, CHANGE, 'kill -9 "$(sed "s/ .*//" /var/lib/linkctl/runs/$run/watcher)"; rm -f /etc/ran; guard boot')

        then:
        lines('after.r1') == lines('before')
        lines('after.r2') == lines('before')
        lines('left') == ['guard', 'runs']

        where:
        system    | what
        'systemd' | SYSTEMD
        'FreeBSD' | FREEBSD
    }
}
