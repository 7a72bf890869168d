fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a') {
            bond('bond0', members: ['eno1', 'eno2'], address: '10.1.0.1/16', mtu: 9000)
            nic('eno1', mtu: 1000)
        }
        host('a-wan', os: LINUX, ssh: 'a-wan') {
            nic('eth0', address: '10.1.0.2/16', mtu: 9000)
            nic('ppp0', address: '192.0.2.2/24', mtu: 1492)
        }
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: '198.51.100.1/24', mtu: 1300) }
        host('b-usual', os: LINUX, ssh: 'b-usual') { nic('eth0', address: '198.51.100.3/24') }
        host('b-plain', os: LINUX, ssh: 'b-plain')
        host('b-lan', os: FREEBSD, ssh: 'b-lan') { nic('em1', address: '10.2.0.3/16', mtu: 1300) }
    }
    tunnel('wg0') { // the default does not fit
        end('a-gw', port: 5000, address: '10.255.0.1/30')
        end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: 'b.example')
    }
    tunnel('wg1', mtu: 1240) { // fits
        end('a-gw', port: 5001, address: '10.255.1.1/30')
        end('b-gw', port: 5001, address: '10.255.1.2/30', endpoint: 'b.example')
    }
    tunnel('wg2', mtu: 1280) { // IPv6 inside needs 1280
        end('a-gw', port: 5002, address: 'fd00:ff::1/64')
        end('b-gw', port: 5002, address: 'fd00:ff::2/64', endpoint: 'b.example')
    }
    tunnel('wg3', mtu: 9000) {
        end('a-gw', port: 5003, address: '10.255.3.1/30')
        end('b-usual', port: 5003, address: '10.255.3.2/30', endpoint: 'b.example')
    }
    tunnel('wg4', mtu: 1440) { // what carries it is not declared
        end('a-gw', port: 5004, address: '10.255.4.1/30')
        end('b-plain', port: 5004, address: '10.255.4.2/30', endpoint: '2001:db8::2')
    }
    tunnel('wg5', mtu: 1440) { // the same
        end('a-gw', port: 5005, address: '10.255.5.1/30')
        end('b-plain', port: 5005, address: '10.255.5.2/30', endpoint: '198.51.100.2')
    }
    tunnel('wg6', mtu: 1440) { // the endpoint is in ppp0's net
        end('a-wan', port: 5006, address: '10.255.6.1/30')
        end('b-usual', port: 5006, address: '10.255.6.2/30', endpoint: '192.0.2.9')
    }
    tunnel('wg10') { // em1 is the LAN's, the uplink is not declared
        end('a-gw', port: 5010, address: '10.255.10.1/30')
        end('b-lan', port: 5010, address: '10.255.10.2/30', endpoint: 'b.example')
    }
    tunnel('wg11') { // em1 has the endpoint itself
        end('a-gw', port: 5011, address: '10.255.11.1/30')
        end('b-lan', port: 5011, address: '10.255.11.2/30', endpoint: '10.2.0.3')
    }
    tunnels('ab', count: 2, ports: 6000..6010, transit: '10.255.8.0/24', mtu: 1400) { // both are told once
        end('a-gw')
        end('b-gw', endpoint: 'b.example')
    }
    tunnel('bad', mtu: 0) {
        end('a-gw', port: 5009, address: '10.255.9.1/30')
        end('b-gw', port: 5009, address: '10.255.9.2/30', endpoint: 'b.example')
    }
}
