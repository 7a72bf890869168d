package org.linkctl.modules.linux.pair

import java.nio.file.Path
import org.linkctl.model.StateSync
import org.linkctl.model.Fabric
import org.linkctl.model.Witness

/** Two routers and a client on the same networks, one for each interface, with what linkctl puts on the routers. */
class Bench implements Closeable {
    final Router lb1
    final Router lb2
    final Router lan
    final Router cable
    /** Where the pair has one: on all of its networks, too. */
    final Router witness
    private final Fabric fabric

    Bench(Path folder, Fabric fabric, List<String> devices) {
        this.fabric = fabric
        (cable, lan, lb1, lb2) = ['cable', 'lan', 'lb1', 'lb2'].collect { new Router(it, folder) }
        cable.run('sysctl -q -w net.ipv6.conf.default.disable_ipv6=1 net.ipv6.conf.all.disable_ipv6=1')
        devices.each { device ->
            cable.run("ip link add br-$device type bridge; ip link set br-$device up")
            [lb1, lb2, lan].each { plug(it, device) }
        }
        witness = fabric.all(Witness.class).collect { new Router(it.host(), folder) }.find()
        if (witness) devices.each { plug(witness, it) }
        (both + [witness].findAll()).each { router ->
            fabric.hosts().find { it.name() == router.name }.with { host ->
                fabric.interfaces(host).each { device ->
                    fabric.addresses(host, device).each { router.run("ip address add $it dev $device ${it.isV6() ? 'nodad' : ''}") }
                }
            }
        }
        if (witness) {
            witness.put(fabric, 'linux.witness')
            witness.run('nft -f /etc/linkctl/nftables/witness.nft')
        }
        both.each { router ->
            router.run('sysctl -q -w net.ipv4.ip_forward=1; mkdir -p /run/linkctl/vrrp')
            if (witness) {
                router.put(fabric, 'linux.quorum')
                router.daemon('quorum', '/usr/local/lib/linkctl/quorum run')
            }
            ['linux.role', 'linux.vrrp', 'linux.conntrackd', 'linux.pair-filter'].each { router.put(fabric, it) }
            router.run('nft -f /etc/linkctl/nftables/pair.nft; keepalived -t -f /etc/keepalived/keepalived.conf')
            if (!fabric.all(StateSync.class).empty) router.daemon('conntrackd', 'conntrackd -C /etc/linkctl/conntrackd.conf')
            router.daemon('role', '/usr/local/lib/linkctl/role watch')
        }
        both.each { keepalived(it) }
    }

    /** A machine's interface in the network of that name. */
    void plug(Router router, String device) {
        cable.run("""ip link add ${router.name}-$device type veth peer name $device netns $router.pid
            ip link set ${router.name}-$device master br-$device up""")
        router.run("ip link set $device up")
    }

    void pull(Router router, String device) { cable.run("ip link set ${router.name}-$device down") }

    /** The two routers do not hear each other there any more; all others hear both. */
    void part(String device, boolean parted = true) {
        both.each { cable.run("bridge link set dev ${it.name}-$device isolated ${parted ? 'on' : 'off'}") }
    }

    void putBack(Router router, String device) { cable.run("ip link set ${router.name}-$device up") }

    /** Without a word: the interface stays up. */
    void silence(Router router, String device) { cable.run("ip link set ${router.name}-$device nomaster") }

    void hear(Router router, String device) { cable.run("ip link set ${router.name}-$device master br-$device") }

    List<Router> getBoth() { [lb1, lb2] }

    static void keepalived(Router router) {
        router.daemon('keepalived', 'keepalived --dont-fork --log-console -f /etc/keepalived/keepalived.conf')
    }

    @Override
    void close() {
        [witness, lan, lb2, lb1, cable].each { it?.close() }
    }
}
