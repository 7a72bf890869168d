fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '192.0.2.7/24') }
        host('a-app', os: LINUX, ssh: 'b', gateway: 'a-gw')
        host('a-db', os: LINUX, ssh: 'c', gateway: 'a-db')
        host('a-web', os: LINUX, ssh: 'd', gateway: 'b-gw')
    }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'e') { nic('eth0', address: '10.2.0.1/16') } }
}
