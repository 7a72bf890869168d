package org.linkctl.modules.wireguard

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.TimeUnit
import org.linkctl.modules.freebsd.tunnelwatch.TunnelWatchScript
import org.linkctl.modules.linux.watch.WatchScript
import org.linkctl.modules.routes.WatchedRoute
import org.linkctl.net.Ip
import spock.lang.Specification
import spock.lang.TempDir

/**
 * What a real sh makes of the watchers of both systems. Each far end has a letter for every round, y or n; when they are
 * used up, the watcher is ended.
 */
class TunnelWatchSpec extends Specification {
    static final List<String> SYSTEMS = ['Linux', 'FreeBSD']

    @TempDir
    Path folder

    def setup() {
        ['wg0', 'wg1'].each {
            Files.createDirectories(folder.resolve("net/$it"))
            Files.writeString(folder.resolve("net/$it/flags"), '0x1091\n')
        }
        program('sleep', ':')
        // The program of the routes, which changes the marks, too.
        program('route', '''
            echo "route $*"
            case $1 in dead) : >"$FOLDER/dead/$2" ;; alive) rm -f "$FOLDER/dead/$2" ;; esac
            '''.stripIndent())
        program('ifconfig', 'echo "$1: flags=8043<UP,BROADCAST,RUNNING,MULTICAST> metric 0 mtu 1420"')
        program('ping', '''
            for far; do :; done
            n=$(($(cat "$FOLDER/n.$far") + 1))
            echo $n >"$FOLDER/n.$far"
            answer=$(cut -c $n "$FOLDER/plan.$far")
            [ -n "$answer" ] || kill $PPID
            [ "$answer" = y ]
            '''.stripIndent())
    }

    Path write(String name, String text) {
        Path file = folder.resolve(name)
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    void program(String name, String body) {
        write(name, "#!/bin/sh\nFOLDER=$folder\n$body\n".toString())
    }

    private static String text(String system) {
        def peers = [wg0: '10.9.0.2', wg1: '10.9.1.2'].collect { new WatchedRoute.Peer(it.key, Ip.of(it.value)) }
        def route = new WatchedRoute('a-b', peers, true)
        system == 'Linux' ? WatchScript.script(route) : TunnelWatchScript.script(route)
    }

    /** What it says, and the route's program with it. */
    List<String> run(String system, String first, String second) {
        ['10.9.0.2': first, '10.9.1.2': second].each { far, plan ->
            Files.writeString(folder.resolve("plan.$far"), plan + '\n')
            Files.writeString(folder.resolve("n.$far"), '0\n')
        }
        Path script = write('watch', text(system).replaceAll('PATH=(/usr)?/sbin:', "PATH=$folder:\$0".replace('$0', '/sbin:'))
            .replaceAll('/var/run/linkctl/routes|/run/linkctl', folder.toString()).replace('/sys/class/net', "$folder/net".toString())
            .replace('route=/usr/local/lib/linkctl/route-a-b', "route=$folder/route".toString()))
        def process = new ProcessBuilder('sh', script.toString(), 'run').redirectErrorStream(true)
            .redirectOutput(folder.resolve('said').toFile()).start()
        assert process.waitFor(60, TimeUnit.SECONDS)
        Files.readAllLines(folder.resolve('said')).findAll { it != 'Terminated' }
    }

    List<String> dead() {
        folder.resolve('dead').toFile().list().sort()
    }

    def '#system: three misses in a row take a tunnel out, fewer do not'() {
        expect:
        run(system, 'nnynnnn', 'yyyyyyy') == ['route apply', 'route dead wg0', 'wg0 does not answer: out of the routes']
        dead() == ['wg0']

        where:
        system << SYSTEMS
    }

    def '#system: three answers in a row put it back'() {
        expect:
        run(system, 'nnnyynyyyy', 'yyyyyyyyyy') ==
            ['route apply', 'route dead wg0', 'wg0 does not answer: out of the routes', 'route alive wg0', 'wg0 answers: back in the routes']
        dead() == []

        where:
        system << SYSTEMS
    }

    def '#system: a mark from before the start goes with the first answer'() {
        given:
        Files.createDirectories(folder.resolve('dead'))
        Files.createFile(folder.resolve('dead/wg1'))

        expect:
        run(system, 'yy', 'yy') == ['route alive wg1', 'wg1 answers: back in the routes', 'route apply']
        dead() == []

        where:
        system << SYSTEMS
    }
}
