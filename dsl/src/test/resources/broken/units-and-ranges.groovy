fabric('my net') {
    site('a site', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a-gw.example') {
            nic('eth0', address: '10.1.0.1/16', mtu: '1500 bytes')
            bond('bond0', members: ['eno1', 'eno2'], miimon: '100ms')
        }
    }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth0', address: '10.2.0.1/16') } }
    def rows = [[keepalive: '20 s', ports: '6000-6063']]
    tunnels('ab', count: 2, ports: '5200-5263', transit: '10.255.254.0/24', keepalive: '10s') {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    tunnels('ac', count: 2, ports: [5100, 5163], transit: '10.255.253.0/24', keepalive: '1m') {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    include 'units-and-ranges.groovy'
    include 'parts/itself.groovy'
    include 'parts/back.groovy'
    include 'parts/once.groovy'
    include 'parts/once.groovy'
}
