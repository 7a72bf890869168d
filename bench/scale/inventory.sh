#!/bin/sh
# Prints an inventory to measure growth with. usage: inventory.sh KIND N
#   dense      N hosts, a site each, and 10 N tunnels between them
#   routed     the same with N hosts and N tunnels in a ring, and a route over each
#   group      two hosts, one of them with a bond of three members, and one group of N tunnels with ports 1024..65535
#   hub        a hub with N spokes
#   route      two hosts and one route over N tunnels
#   pair       a FreeBSD pair that spreads connections over N next hops
#   pairs      N sites with a pair and a vip each
set -eu
kind=$1
n=$2

# Addresses of many hosts: IPv6 of the prefix for documentation (RFC 3849), private IPv4 (RFC 1918).
helpers() {
    cat <<'EOF'
String far(int i) { '2001:db8::' + Integer.toHexString(i + 16) }
String lan(int i, int last, int length) { '10.' + i.intdiv(256) + '.' + (i % 256) + '.' + last + '/' + length }
String net(int k, int end) { '172.' + (16 + k.intdiv(16384)) + '.' + (k.intdiv(64) % 256) + '.' + (k % 64 * 4 + end) + '/30' }
String net6(int k, int end) { 'fd00:1::' + Integer.toHexString(k) + ':' + end + '/126' }
EOF
}

ring() { # ring TUNNELS_A_HOST ROUTES
    cat <<EOF
fabric('x') {
    for (i in 0..<$n) {
        site("s\$i", lan: lan6(i) + '::/64') {
            host("h\$i", os: LINUX, ssh: 'root@' + far(i)) { nic('eth0', address: lan6(i) + '::1/64') }
        }
    }
    for (i in 0..<$n) {
        for (d in 1..$1) {
            tunnel("t\${i}x\$d", keepalive: 25) {
                end("h\$i", port: 10000 + d, address: net6(i * $1 + d, 1), endpoint: far(i))
                end("h" + (i + d) % $n, port: 20000 + d, address: net6(i * $1 + d, 2), endpoint: far((i + d) % $n))
            }
        }
        if ($2) route(between: ["s\$i", "s" + (i + 1) % $n], via: ["t\${i}x1"])
    }
}
String lan6(int i) { 'fd00:2:0:' + Integer.toHexString(i) }
EOF
}

two_sites() { # two_sites NIC_OR_BOND
    cat <<EOF
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') { $1 } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'root@192.0.2.2') { nic('eth0', address: '10.2.0.1/16') } }
EOF
}

case $kind in
dense) ring 10 false ;;
routed) ring 1 true ;;
group)
    echo "fabric('x') {"
    two_sites "bond('bond0', members: ['eno1', 'eno2', 'eno3'], address: '10.1.0.1/16')"
    cat <<EOF
    tunnels('ab', count: $n, ports: 1024..65535, transit: '172.16.0.0/12', keepalive: 25) { end('a-gw'); end('b-gw', endpoint: '192.0.2.2') }
}
EOF
    ;;
hub)
    cat <<EOF
fabric('x') {
    site('c') { host('hub', os: LINUX, ssh: 'root@192.0.2.1') { nic('eth0', address: '192.0.2.1/24') } }
    site('s') { for (i in 0..<$n) { host("h\$i", os: LINUX, ssh: "root@h\${i}.example") } }
    hub('wg0', on: 'hub', port: 1337, address: 'fd00:3::1/64', endpoint: '192.0.2.1', keepalive: 25) {
        for (i in 0..<$n) { spoke("h\$i", address: 'fd00:3::' + Integer.toHexString(i + 16) + '/64') }
    }
}
EOF
    ;;
route)
    echo "fabric('x') {"
    two_sites "nic('eth0', address: '10.1.0.1/16')"
    cat <<EOF
    for (i in 0..<$n) {
        tunnel("t\$i") { end('a-gw', port: 5000 + i, address: net(i, 1)); end('b-gw', port: 5000 + i, address: net(i, 2), endpoint: '192.0.2.2') }
    }
    route(between: ['a', 'b'], via: (0..<$n).collect { "t" + it }, failover: WATCH)
}
EOF
    ;;
pair)
    cat <<EOF
fabric('x') {
    site('dc1', lan: '10.0.0.0/8') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('em0', address: '198.51.100.21/24'); nic('em1', address: '10.1.0.11/12') }
            host('lb2', ssh: 'lb2.example') { nic('em0', address: '198.51.100.22/24'); nic('em1', address: '10.1.0.12/12') }
            vip(10, on: 'em1', address: '10.1.0.1/12', password: secret('carp/lb'), prefer: 'lb1')
        }
        balance('to-dc2', on: 'lb', inbound: 'em1', from: '10.1.0.0/16', to: '172.20.0.0/24',
                over: (0..<$n).collect { '10.2.' + it.intdiv(250) + '.' + (1 + it % 250) })
    }
}
EOF
    ;;
pairs)
    cat <<EOF
fabric('x') {
    for (i in 0..<$n) {
        site("s\$i", lan: lan(i, 0, 24)) {
            pair("p\$i", os: LINUX) {
                host("a\$i", ssh: 'root@' + far(2 * i)) { nic('eth0', address: lan(i, 2, 24)) }
                host("b\$i", ssh: 'root@' + far(2 * i + 1)) { nic('eth0', address: lan(i, 3, 24)) }
                vip(10, on: 'eth0', address: lan(i, 1, 24))
            }
        }
    }
}
EOF
    ;;
*)
    sed -n '2,9p' "$0" >&2
    exit 2
    ;;
esac
helpers
