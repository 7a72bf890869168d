package org.linkctl.modules.wireguard

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.modules.Inventories
import org.linkctl.modules.freebsd.wireguard.WireguardModule
import org.linkctl.modules.freebsd.wireguard.WireguardScript
import org.linkctl.modules.linux.endpointnames.EndpointNamesModule
import org.linkctl.spi.Published
import org.linkctl.spi.Scope
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/**
 * The program that follows names, with wireguard-go in two network namespaces and a hosts file that says what the name stands
 * for. It waits 4 s for a session here, not 135, and looks when it is told to, not every
 * 30 s.
 */
@Requires({ FollowNamesSpec.possible() })
class FollowNamesSpec extends Specification {
    /** That of the far end, with its public key. */
    private static final List<String> FAR = ['GEXzlnZ3w+GctBS8KdOe9CFgN0uULPBpCrLwzc1Wl0Q=', '/1s7ioxs2DSD+RAxzRHj9HH7qhNmx1kEAfu4W4/kiz0=']

    private static final String TUNNEL = "tunnel('wg0', keepalive: 25) { end('near', port: 51820, address: '10.255.0.1/30'); end('far', port: 51821, address: '10.255.0.2/30', endpoint: 'far.example') }"

    private static final String HUB = """hub('wg0', on: 'near', port: 51820, address: '10.255.0.1/24', endpoint: '192.0.2.1', keepalive: 25) {
            peer('p', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: '10.255.0.8')
            peer('q', publicKey: 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=', address: '10.255.0.9', endpoint: 'gone.example:51820')
            peer('r', publicKey: '${FAR[1]}', address: '10.255.0.2', endpoint: 'far.example:51821', keepalive: 25)
        }"""

    private static final String NETWORK = '''
        set -eu
        umask 077
        for root in /run /etc; do mount -t tmpfs -o mode=0755 tmpfs $root; done
        mkdir -p /run/netns /run/linkctl /run/wireguard
        mount -t sysfs sysfs /sys; echo 'hosts: files' >/etc/nsswitch.conf; echo multi on >/etc/host.conf
        stands() { : >/etc/hosts; for a; do echo "$a far.example" >>/etc/hosts; done; }
        ip netns add far; ip link add eth0 type veth peer name eth0 netns far
        for n in '' '-n far'; do ip $n link set lo up; ip $n link set eth0 up; done
        ip address add 192.0.2.1/24 dev eth0; ip address add 2001:db8::1/64 dev eth0 nodad
        here() { for a in 192.0.2.2/24 192.0.2.3/24 2001:db8::2/64; do ip -n far address del $a dev eth0 2>/dev/null || true; done; [ $1 = nowhere ] || ip -n far address add $1 dev eth0 ${2:-}; }
        seen() { n=0; until sh $1 look | grep .; do n=$((n + 1)); [ $n -lt 90 ] || { echo nothing; break; }; sleep 1; done; }
        wg genkey >/run/near.key; echo FARKEY >/run/far.key
        trap 'kill $(jobs -p)' EXIT
        wireguard-go -f wg0 >/dev/null 2>&1 &
        ip netns exec far wireguard-go -f wg1 >/dev/null 2>&1 &
        n=0; until wg show wg0 >/dev/null 2>&1 && wg show wg1 >/dev/null 2>&1; do n=$((n + 1)); [ $n -lt 200 ]; sleep 0.05; done
        far=$(wg pubkey </run/far.key)
        wg set wg0 private-key /run/near.key listen-port 51820 peer $far allowed-ips 10.255.0.2/32 persistent-keepalive 1
        wg set wg1 private-key /run/far.key listen-port 51821 peer $(wg pubkey </run/near.key) allowed-ips 10.255.0.1/32
        ip address add 10.255.0.1/30 dev wg0; ip link set wg0 up
        ip -n far address add 10.255.0.2/30 dev wg1; ip -n far link set wg1 up
        through() { n=0; until ping -q -c 8 -i 1 -W 1 10.255.0.2 | grep -q ' [1-8] received'; do n=$((n + 1)); [ $n -lt 12 ] || { echo "never through: $1"; exit 1; }; sh $2 look >>/run/said; done; }
        endpoint() { wg show wg0 endpoints | cut -f 2; }
        until_is() { n=0; until [ "$(endpoint)" = "$1" ]; do n=$((n + 1)); [ $n -lt 300 ] || { echo "never $1"; exit 1; }; sleep 0.2; done; }
        '''.stripIndent()

    private static final List<String> ORDER = ['i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=', FAR[1]].sort()

    @TempDir Path folder

    static boolean possible() {
        def missing = ['unshare', 'ip', 'wg', 'wireguard-go', 'ping', 'getent'].findAll { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        if (!missing && ['unshare', '-nm', 'true'].execute().waitFor() != 0) missing << 'leave to make namespaces'
        if (!missing && !new File('/dev/net/tun').exists()) missing << '/dev/net/tun'
        if (missing) println "FollowNamesSpec is skipped: there is no ${missing.join(', ')}"
        !missing
    }

    private List<String> run(String script, String links = TUNNEL) {
        def inventory = folder.resolve('net.groovy')
        Files.writeString(inventory, """fabric('net') {
            site('a', lan: '10.1.0.0/16') { host('near', os: LINUX, ssh: 'near.example') { nic('eth0', address: '10.1.0.1/16') } }
            site('b', lan: '10.2.0.0/16') { host('far', os: LINUX, ssh: 'far.example') { nic('eth0', address: '10.2.0.1/16') } }
            $links
        }""".toString())
        def fabric = Inventories.load(inventory.toFile())
        def want = new EndpointNamesModule().want(new Scope(fabric, fabric.host('near').get(), Published.NOTHING)).first()
        Files.writeString(folder.resolve('follow'), want.service().files().first().text().replace('silent=135', 'silent=4'))
        Files.writeString(folder.resolve('script'), NETWORK.replace('FARKEY', FAR[0]) + script)
        def process = new ProcessBuilder('unshare', '-nm', '--kill-child', 'bash', folder.resolve('script').toString(), folder.resolve('follow').toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve('said').toFile()).start()
        if (!process.waitFor(180, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
        folder.resolve('said').toFile().readLines()
    }

    def 'a far end that moves is found again by its name, by IPv4 and by IPv6, and of several addresses by the one that answers'() {
        expect:
        run('''
            stands 192.0.2.2; here 192.0.2.2/24
            wg set wg0 peer $far endpoint far.example:51821
            through first $1; endpoint
            here nowhere; stands 192.0.2.3; seen $1
            here 192.0.2.3/24
            through moved $1; endpoint
            here 2001:db8::2/64 nodad; stands 192.0.2.9 2001:db8::2
            through six $1; endpoint
            ''') == ['192.0.2.2:51821', 'wg0: silent at 192.0.2.2:51821; tries 192.0.2.3:51821, which is far.example', '192.0.2.3:51821', '[2001:db8::2]:51821']
    }

    def 'an address to which there is no route is left for the next one, though nothing is sent there'() {
        expect:
        run('''
            stands 2001:db8:9::9 192.0.2.2; here 192.0.2.2/24
            wg set wg0 peer $far endpoint '[2001:db8:9::9]:51821'
            seen $1
            through way $1; endpoint
            ''') == ['wg0: silent at [2001:db8:9::9]:51821; tries 192.0.2.2:51821, which is far.example', '192.0.2.2:51821']
    }

    def 'while a session is there the name does not count: the kernel follows the peer'() {
        expect:
        run('''
            stands 192.0.2.2; here 192.0.2.2/24
            wg set wg0 peer $far endpoint 192.0.2.2:51821
            through first $1
            stands 192.0.2.9
            sh $1 look; sh $1 look
            endpoint
            here nowhere; seen $1
            endpoint
            ''') == ['192.0.2.2:51821', 'wg0: silent at 192.0.2.2:51821; tries 192.0.2.9:51821, which is far.example', '192.0.2.9:51821']
    }

    def 'what sends nothing is not silent, and a name that nobody knows changes nothing'() {
        expect:
        run('''
            stands 192.0.2.2; here 192.0.2.2/24
            wg set wg0 peer $far endpoint 192.0.2.2:51821
            through first $1
            wg set wg0 peer $far persistent-keepalive 0
            n=0; while [ $(($(date +%s) - $(wg show wg0 latest-handshakes | cut -f 2))) -lt 6 ]; do sleep 0.2; done
            sh $1 look; stands 192.0.2.9; sh $1 look; endpoint
            : >/etc/hosts
            here nowhere
            ping -q -c 1 -W 1 10.255.0.2 >/dev/null || seen $1
            endpoint
            ''') == ['192.0.2.2:51821', 'wg0: nobody says what far.example stands for', '192.0.2.2:51821']
    }

    def 'an end without an endpoint gets it as soon as its name stands for something, also of an interface that was made anew'() {
        expect:
        run('''
            : >/etc/hosts; here 192.0.2.2/24
            : >/run/out; sh $1 run >/run/out 2>&1 &
            n=0; until grep -q nobody /run/out || [ $n = 200 ]; do n=$((n + 1)); sleep 0.2; done
            stands 192.0.2.2
            until_is 192.0.2.2:51821
            through late $1
            wg set wg0 peer $far remove; wg set wg0 peer $far allowed-ips 10.255.0.2/32
            until_is 192.0.2.2:51821
            cat /run/out
            ''') == ['wg0: nobody says what far.example stands for'] + ['wg0: calls 192.0.2.2:51821, which is far.example'] * 2
    }

    def 'of the peers of a hub those are called that have a name, each by its key'() {
        expect:
        run('''
            stands 192.0.2.2; here 192.0.2.2/24
            for peer in i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY= d9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=; do wg set wg0 peer $peer; done
            all() { wg show wg0 endpoints | sort | cut -f 2; }
            sh $1 look; all
            through first $1
            here nowhere; stands 192.0.2.3
            n=0; until sh $1 look | grep silent; do n=$((n + 1)); [ $n -lt 90 ]; sleep 1; done
            all
            ''', HUB) == ['wg0: nobody says what gone.example stands for', 'wg0: calls 192.0.2.2:51821, which is far.example', *ORDER.collect { it == FAR[1] ? '192.0.2.2:51821' : '(none)' },
                'wg0: silent at 192.0.2.2:51821; tries 192.0.2.3:51821, which is far.example', *ORDER.collect { it == FAR[1] ? '192.0.2.3:51821' : '(none)' }]
    }

    def 'a name that stands for nothing does not keep an interface from its other peers'() {
        given:
        def net = folder.resolve('net.groovy')
        Files.writeString(net, "fabric('net') { site('a') { host('near', os: FREEBSD, ssh: 'near.example') }; $HUB }".toString())
        def fabric = Inventories.load(net.toFile())
        def want = new WireguardModule().want(new Scope(fabric, fabric.host('near').get(), Published.NOTHING)).first()
        Files.writeString(folder.resolve('conf'), WireguardScript.conf(want))

        expect:
        run("""
            : >/etc/hosts
            sed 's/^# Endpoint by name: /Endpoint = /' $folder/conf >/run/named
            wg setconf wg0 /run/named 2>/dev/null || echo refused
            wg setconf wg0 $folder/conf && wg show wg0 peers | wc -l
            """.toString()) == ['refused', '3']
    }
}
