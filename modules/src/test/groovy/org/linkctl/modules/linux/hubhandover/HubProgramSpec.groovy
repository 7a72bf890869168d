package org.linkctl.modules.linux.hubhandover

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.modules.Inventories
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** What a real sh makes of the program of a hub on a pair, with more spokes than a call takes, and with two calls at once. */
@Timeout(60)
class HubProgramSpec extends Specification {
    @TempDir
    Path folder

    Path program
    def soon = new PollingConditions(timeout: 10, delay: 0.05)

    def setup() {
        stub('ip', '''
            case "$*" in
                "-o address show dev eth1 to 10.1.0.1") echo held ;;
                *-batch*) cat >/dev/null ;;
            esac''')
        stub('wg', '''
            case "$1 $3" in
                "show peers") cut -f 1 $FOLDER/known ;;
                "show endpoints") cat $FOLDER/known ;;
                *) echo "$*" >>$FOLDER/set; if [ -e $FOLDER/refused ]; then echo "Unable to modify interface" >&2; exit 1; fi ;;
            esac''')
        stub('logger', 'echo "$*" >>$FOLDER/log')
        def hub = new SharedHub('wg0', 1337, ['eth1/10.1.0.1'], ['eth1/10.1.0.1'], null, null)
        program = write('hub', HubService.of(hub).files().first().text().replace('PATH=', "PATH=$folder:").replace('/run/linkctl/hub-wg0', "$folder/run"))
        Files.createDirectory(folder.resolve('run'))
    }

    private Path write(String name, String text) {
        def file = folder.resolve(name)
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    private void stub(String name, String text) {
        write(name, "#!/bin/sh\nFOLDER=$folder\n${text.stripIndent()}\n".toString())
    }

    private void run(String... words) {
        def process = start(words)
        process.inputStream.text
        process.waitFor()
    }

    private Process start(String... words) {
        new ProcessBuilder([program.toString(), *words]).redirectErrorStream(true).start()
    }

    private List<String> lines(String name) {
        Files.readAllLines(folder.resolve(name))
    }

    private static List<String> keys(int count) {
        (1..count).collect { String.format('%043d=', it) }
    }

    private List<String> vips(String words) {
        def inventory = folder.resolve('hub.groovy')
        Files.writeString(inventory, HubHandoverSpec.INVENTORY.text.replaceFirst(/vip\(10, .*/, words).replace("endpoint: '10.1.0.1'", "endpoint: '10.1.0.36'").replaceAll(/(?m)^    publish.*$/, ''))
        def fabric = Inventories.load(inventory.toFile())
        SharedHub.all(fabric, fabric.hosts().first()).first().vips()
    }

    def "sessions begin from the endpoint's address, whichever the shared addresses are: #words"() {
        expect:
        vips(words) == wanted

        where:
        words                                                                                             || wanted
        "vip(1, on: 'eth1', address: ['10.1.0.35/16', 'fd00:1::1/64', '10.1.0.36/16'])"                   || ['eth1/10.1.0.36', 'eth1/10.1.0.35', 'eth1/fd00:1::1']
        "vip(1, on: 'eth1', address: '10.1.0.35/16'); vip(2, on: 'eth1', address: '10.1.0.36/16')"        || ['eth1/10.1.0.36', 'eth1/10.1.0.35']
        "vip(1, on: 'eth1', address: ['10.1.0.35/16', '10.1.0.136/16'])"                                  || ['eth1/10.1.0.35', 'eth1/10.1.0.136']
    }

    def 'no call parts a spoke from its words, however many there are: #spokes'() {
        given:
        Files.writeString(folder.resolve('known'), keys(spokes).join('\n') + '\n')
        Files.writeString(folder.resolve('run/endpoints'), keys(spokes).withIndex().collect { key, i -> "$key\t[2001:db8::$i]:51820\n" }.join(''))

        when:
        run('master')
        def calls = lines('set')

        then:
        calls.every { it ==~ /set wg0( peer \S+ endpoint \S+ persistent-keepalive 25)+/ || it ==~ /set wg0( peer \S+ persistent-keepalive 0)+/ }
        [/peer (\S+) endpoint/, /peer (\S+) persistent-keepalive 0/].every { pattern -> calls.collectMany { call -> (call =~ pattern).collect { it[1] } } == keys(spokes) }
        !Files.exists(folder.resolve('log'))

        where:
        spokes << [1, 1500]
    }

    def 'what WireGuard does not take is in the log'() {
        given:
        ['known', 'refused'].each { Files.writeString(folder.resolve(it), 'KEY\n') }
        Files.writeString(folder.resolve('run/endpoints'), 'KEY\t192.0.2.1:51820\n')

        when:
        run('master')

        then:
        lines('log') == ['woken', 'rested'].collect { "-t linkctl-hub wg0: $it: Unable to modify interface".toString() }
    }

    def 'what comes from the other host while this one takes notes is kept as well'() {
        given: 'awk(1) that waits in its first call'
        Files.writeString(folder.resolve('known'), 'A\nB\n')
        stub('awk', """
            if mkdir \$FOLDER/waits 2>/dev/null; then until [ -e \$FOLDER/go ]; do sleep 0.05; done; fi
            exec ${['sh', '-c', 'command -v awk'].execute().text.trim()} "\$@\"""")

        when:
        def first = start('receive')
        first.outputStream.withCloseable { it << 'A\t192.0.2.1:51820\n' }
        soon.eventually { assert Files.exists(folder.resolve('waits')) }
        def second = start('receive')
        second.outputStream.withCloseable { it << 'B\t192.0.2.2:51820\n' }
        soon.eventually { assert !second.alive || second.descendants().anyMatch { it.info().command().orElse('').endsWith('flock') } }
        Files.createFile(folder.resolve('go'))
        def said = [first, second]*.inputStream*.text

        then:
        [first, second]*.waitFor() == [0, 0]
        said == ['', '']
        lines('run/endpoints').sort() == ['A\t192.0.2.1:51820', 'B\t192.0.2.2:51820']
    }
}
