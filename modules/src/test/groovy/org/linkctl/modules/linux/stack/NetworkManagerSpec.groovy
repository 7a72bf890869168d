package org.linkctl.modules.linux.stack

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.model.Bond as Declared
import org.linkctl.model.Link.Dhcp
import org.linkctl.modules.shellfile.ShellFile
import org.linkctl.net.Cidr
import org.linkctl.net.Ip
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** linkctl's profiles and scripts, read and carried out by NetworkManager itself, in namespaces of its own. */
@Requires({ NetworkManagerSpec.possible() })
class NetworkManagerSpec extends Specification {
    static boolean possible() {
        def missing = ['NetworkManager', 'nmcli', 'dbus-daemon', 'unshare'].findAll { name ->
            !(System.getenv('PATH').split(':') + '/usr/sbin').any { new File(it, name).canExecute() }
        }
        boolean root = System.getProperty('user.name') == 'root'
        if (missing || !root) println "NetworkManagerSpec is skipped: ${root ? "there is no ${missing.join(', ')} (apt-get install network-manager dbus)" : 'only root makes namespaces'}"
        !missing && root
    }

    /** One NetworkManager that has seen neither udev nor systemd; eth3 and eth4 are two wires to nowhere. */
    static final String BESIDE = '''\
set -e
mount --make-rprivate /
mount -t proc proc /proc
mount -t sysfs -o ro sysfs /sys
for folder in /run /var/lib/NetworkManager /etc/NetworkManager; do mount -t tmpfs tmpfs $folder; done
mkdir -p /run/dbus /etc/NetworkManager/system-connections /etc/NetworkManager/conf.d /etc/NetworkManager/dispatcher.d/pre-up.d
ip link set lo up
for wire in 3 4; do ip link add eth$wire address 02:00:00:00:00:0$wire type veth peer name far$wire; ip link set far$wire up; done
printf '[main]\\nplugins=keyfile\\nauth-polkit=false\\n[keyfile]\\nunmanaged-devices=interface-name:far*\\n' >/etc/NetworkManager/NetworkManager.conf
dbus-daemon --system --fork --nopidfile
NetworkManager >/run/log 2>&1
turns=0
until nmcli -g GENERAL.STATE device show eth4 2>/dev/null | grep -q '^[5-9]\\|^100'; do
    turns=$((turns + 1)); [ $turns -lt 200 ] || { nmcli device; cat /run/log; exit 1; }
    sleep 0.1
done
set +e
profiles=/etc/NetworkManager/system-connections
'''

    @TempDir
    Path folder

    /** What a script says that is run beside it. */
    private String beside(String script) {
        def file = folder.resolve('script')
        Files.writeString(file, BESIDE + script)
        def process = new ProcessBuilder('unshare', '-n', '-m', '-p', '-f', '--kill-child', 'sh', file.toString()).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0 : said
        said
    }

    private int texts = 0

    /** Files, put where a script that runs beside NetworkManager takes them from. */
    private String put(Map<String, String> files) {
        files.collect { path, text ->
            def file = folder.resolve("${texts++}")
            Files.writeString(file, text)
            "install -m ${new NetworkManager().mode(path)} '$file' '$path'\n"
        }.join()
    }

    private String apply(String... words) {
        def program = folder.resolve('apply')
        Files.writeString(program, ShellFile.of(NetworkManager, 'networkmanager-apply.sh').text())
        "sh $program ${words.join(' ')} || echo failed\n"
    }

    private static StackFacts facts(Map<String, String> ours = [:]) {
        def devices = ['eth3', 'eth4'].collectEntries { [(it): new NetworkManagerFacts.Device('ethernet', 'disconnected', '')] }
        new StackFacts(new NetworkManager(), '', ours, NetworkdFiles.NONE, NetplanFiles.NONE, new NetworkManagerFacts(devices, [:], [] as Set, true), [])
    }

    def 'every bond is one for NetworkManager, too'() {
        given:
        def stack = new NetworkManager()
        def bonds = [Declared.Mode.values().toList(), Declared.XmitHash.values().toList(), Declared.LacpRate.values().toList()].combinations()
        def load = bonds.withIndex().collect { made, i ->
            def ip = new InterfaceConfig("bond$i", true, [Cidr.of('10.2.3.4/24'), Cidr.of('fd00:a::4/64')], 1400)
            def files = stack.bond(new BondConfig("bond$i", made[0], made[1], 250, made[2], ['eth3'], '52:54:00:01:00:02', ip), facts())
            put(files) + files.keySet().collect { "nmcli connection load $it 2>&1\n" }.join() + "nmcli -g bond.options connection show linkctl-bond$i\n"
        }.join()

        expect: 'it says nothing of a profile, and has understood what the kernel calls by these names'
        beside(load).readLines() == bonds.collect { mode, hash, rate ->
            "mode=${mode.kernel()}${mode == Declared.Mode.LACP ? ",lacp_rate=${rate.kernel()}" : ''},miimon=250,xmit_hash_policy=${hash.kernel()}".toString()
        }
    }

    def 'an interface that has no profile of an owner gets one, and goes back'() {
        given:
        def want = new InterfaceConfig('eth4', false, [Cidr.of('10.8.0.4/24'), Cidr.of('fd00:8::4/64')], 1400)
        def files = new NetworkManager().addresses(want, facts())
        def show = { String mark -> "echo '== $mark'; nmcli -g GENERAL.CONNECTION device show eth4; ip -o address show eth4 | sed -E 's/.*(inet6? [^ ]+) .*(nodad|noprefixroute).*/\\1 \\2/' | grep -v fe80 | sort; ip -o link show eth4 | grep -o 'mtu [0-9]*'; ip route show dev eth4; ip -6 route show dev eth4 | grep -v fe80\n" }

        when:
        def said = beside(put(files) + apply('keep', 'eth4') + show('up') + apply('keep', 'eth4') + show('again') +
            files.keySet().collect { "rm '$it'\n" }.join() + apply('keep', 'eth4') +
            "echo '== gone'; ip -o address show eth4 | grep -v fe80; ip -o link show eth4 | grep -o 'mtu [0-9]*'; nmcli -g NAME connection show | grep linkctl\ntrue\n")

        then: 'prefix routes are the kernel’s own metrics, and doing it once more changes nothing'
        def parts = said.split('(?m)^== ').drop(1).collectEntries { [(it.readLines().first()): it.readLines().drop(1)*.strip()] }
        parts.up == ['linkctl-eth4', 'inet 10.8.0.4/24 noprefixroute', 'inet6 fd00:8::4/64 noprefixroute', 'mtu 1400',
                     '10.8.0.0/24 proto kernel scope link src 10.8.0.4', 'fd00:8::/64 proto kernel metric 256 pref medium']
        parts.again == parts.up
        parts.gone == ['mtu 1500']
    }

    def 'what ip(8) gives an interface is what NetworkManager gives it'() {
        given: 'one with two addresses, and one to which the second comes later'
        def one = new InterfaceConfig('eth4', false, [Cidr.of('10.8.0.4/24')], null)
        def two = new InterfaceConfig('eth4', false, [Cidr.of('10.8.0.4/24'), Cidr.of('10.8.0.5/24'), Cidr.of('fd00:8::4/64')], null)
        def stack = new NetworkManager()
        def show = "until [ -z \"\$(ip -6 address show dev eth4 tentative)\" ]; do sleep 0.1; done; ip -o address show eth4; ip route show dev eth4; ip -6 route show dev eth4; true\n"
        def first = put(stack.addresses(one, facts())) + apply('keep', 'eth4')
        def later = put(stack.addresses(two, facts()))

        expect:
        beside(first + (two.addresses() - one.addresses()).collectMany { stack.add(two, it, facts()) }*.render().join('\n') + '\n' + later + apply('keep', 'eth4') + show) ==
            beside(later + apply('keep', 'eth4') + show)
    }

    def 'beside an owner’s profile a script gives what is declared, whenever the interface came up'() {
        given:
        def profile = "[connection]\nid=lan\nuuid=0b4f2a52-5b0a-4b7e-9d1c-6d9a3c1f0002\ntype=ethernet\ninterface-name=eth3\n\n[ipv4]\nmethod=manual\naddress1=10.7.0.4/24\n\n[ipv6]\nmethod=link-local\n"
        def owner = new NetworkManagerFacts([eth3: new NetworkManagerFacts.Device('ethernet', 'connected', 'x')],
            [x: new NetworkManagerFacts.Profile('lan', 0, '/etc/NetworkManager/system-connections/lan.nmconnection', 'eth3', [Cidr.of('10.7.0.4/24')], false)], [] as Set, true)
        def facts = new StackFacts(new NetworkManager(), '', [:], NetworkdFiles.NONE, NetplanFiles.NONE, owner, [])
        def files = new NetworkManager().addresses(new InterfaceConfig('eth3', false, [Cidr.of('10.7.0.4/24'), Cidr.of('fd00:7::4/64')], 1400), facts)

        when: 'its scripts are run as NetworkManager-dispatcher(8) runs them, which no systemd starts here'
        def said = beside(put(['/etc/NetworkManager/system-connections/lan.nmconnection': profile] + files) +
            'nmcli connection load $profiles/lan.nmconnection; nmcli connection up lan >/dev/null\n' +
            files.keySet().collect { "'$it' eth3 pre-up; '$it' eth4 up; '$it' eth3 down\n" }.join() +
            "ip -o address show eth3 | grep -v fe80 | sed -E 's/.*(inet6? [^ ]+) .*/\\1/'; ip -o link show eth3 | grep -o 'mtu [0-9]*'; ip -o link show eth4 | grep -o 'mtu [0-9]*'\n")

        then:
        said.readLines() == ['inet 10.7.0.4/24', 'inet6 fd00:7::4/64', 'mtu 1400', 'mtu 1500']
    }

    def 'a bridge and its members are made, changed, and go; one that was there before stays'() {
        given:
        def ip = new InterfaceConfig('br0', 'bridge', [Cidr.of('10.8.0.4/24'), Cidr.of('fd00:8::4/64')], null, null)
        def members = ['eth3', 'eth4'].collect { new InterfaceConfig(it, false, [], null) }
        def files = new NetworkManagerDevices().bridge(new BridgeConfig('br0', members, [], false, '02:00:00:00:00:03', ip), facts())
        def route = new NetworkManagerDevices().defaultRoute(new InterfaceConfig('br0', 'bridge', [], null, null), Ip.parse('10.8.0.1').get(), facts())
        def remove = (files + route).keySet().collect { "rm -f '$it'\n" }.join()
        def show = { String mark -> "echo '== $mark'; ls /sys/class/net/br0 2>/dev/null | grep lower; cat /sys/class/net/br0/address /sys/class/net/br0/bridge/stp_state 2>/dev/null; ip -o address show br0 2>/dev/null | sed -E 's/.*(inet6? [^ ]+) .*/\\1/' | grep -v fe80 | sort; ip route show default\n" }
        def all = ['lower_eth3', 'lower_eth4', '02:00:00:00:00:03', '0', 'inet 10.8.0.4/24', 'inet6 fd00:8::4/64']

        when:
        def said = beside('ip address add 10.7.0.3/24 dev eth3\n' + put(files) + apply('keep', 'br0', 'eth3', 'eth4') + show('up') + apply('keep', 'br0', 'eth3', 'eth4') + show('again') +
            "rm \$profiles/linkctl-br0@eth4.nmconnection\n" + apply('keep', 'br0', 'eth3') + show('fewer') +
            put(files + route) + apply('keep', 'br0', 'eth3', 'eth4') + "'${route.keySet().first()}' br0 up\n" + show('more') +
            remove + apply('gone', 'br0', 'eth3', 'eth4') + show('gone') + put(files) + apply('gone', 'br0', 'eth3', 'eth4') + show('undone') + remove + apply('gone', 'br0', 'eth3', 'eth4') +
            'ip link add br0 type bridge; ip link set br0 up; until nmcli device show br0 >/dev/null 2>&1; do sleep 0.1; done\n' + put(files) + apply('keep', 'br0', 'eth3', 'eth4') + show('adopted') + remove + apply('leave', 'br0', 'eth3', 'eth4') +
            'until [ -z "$(nmcli -g NAME connection show | grep linkctl-br0)" ]; do sleep 0.1; done; echo "== left"; ls -d /sys/class/net/br0/bridge\n')

        then:
        def parts = said.split('(?m)^== ').drop(1).collectEntries { [(it.readLines().first()): it.readLines().drop(1)*.strip()] }
        parts.up == all
        parts.again == all
        parts.fewer == all - 'lower_eth4'
        parts.more == all + 'default via 10.8.0.1 dev br0 proto static'
        parts.gone == []
        parts.undone == all
        parts.adopted == all
        parts.left == ['/sys/class/net/br0/bridge']
    }

    def 'a VLAN is one for NetworkManager, and DHCP is its method'() {
        given:
        def ip = new InterfaceConfig('eth4.5', 'vlan', [Cidr.of('10.9.0.4/24')], 1400, Dhcp.V6)
        def files = new NetworkManagerDevices().vlan(new VlanConfig('eth4.5', new InterfaceConfig('eth4', false, [], null), 5, ip), facts())

        expect: 'it says nothing of the profile; whether the kernel has VLANs does not matter'
        beside(put(files) + files.keySet().collect { "nmcli connection load '$it' 2>&1\n" }.join() +
            'nmcli -g vlan.id,vlan.parent,ipv4.method,ipv6.method,802-3-ethernet.mtu connection show linkctl-eth4.5\n').readLines() == ['5', 'eth4', 'manual', 'auto', '1400']
        new NetworkManager().dhcp(files.values().first()).get() == Dhcp.V6
    }
}
