fabric('x') {
    site('head', lan: '10.1.0.0/16') {
        host('gw', os: LINUX, ssh: '192.0.2.1') { nic('eth0', address: '10.1.0.1/16') }
        host('inside', os: LINUX, ssh: '192.0.2.2') { nic('eth0', address: '10.2.9.1/24') }
    }
    site('ch', lan: ['10.2.0.0/16', 'fd00:2::/64']) {
        host('ch1', os: LINUX, ssh: '192.0.2.3', gateway: 'ch2') {
            nic('eth0', address: '10.2.0.1/16'); nic('eth1', address: '10.1.7.1/24')
            sysctl('net.ipv4.ip_forward', '0')
            sysctl('net.ipv6.conf.all.disable_ipv6', '1')
        }
        host('ch2', os: FREEBSD, ssh: '192.0.2.4') { nic('em0', address: '10.2.0.2/16'); sysctl('net.inet.ip.forwarding', '0') }
    }
    site('de') { host('de', os: LINUX, ssh: '192.0.2.5'); host('de2', os: LINUX, ssh: '192.0.2.6') }
    site('it', lan: '10.4.0.0/16') { host('it', os: LINUX, ssh: '192.0.2.7') { nic('eth0', address: '10.4.0.1/16') } }
    hub('wg0', on: 'gw', port: 1337, address: ['10.9.0.1/24', 'fd00:9::1/64'], endpoint: '10.1.0.1', keepalive: 25) {
        spoke('ch1', address: ['10.9.0.2/24', 'fd00:9::2/64'], lan: true)
        spoke('ch2', address: '10.9.0.3/24', lan: ['10.2.3.0/24', 'fd00:2::/64'])
        spoke('inside', address: '10.9.0.4/24', lan: '10.1.4.0/24')
        spoke('de', address: '10.9.0.5/24', lan: true)
        spoke('de2', address: '10.9.0.6/24', lan: ['10.4.1.0/24', '10.9.0.0/25', '10.8.0.0/24', '0.0.0.0/0', '127.0.0.0/8'])
        spoke('it', address: '10.9.0.7/24', lan: '10.5.0.0/16')
        peer('v', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: '10.9.0.8', lan: ['10.7.0.0/16', '10.7.1.0/24', 'fd00:7::/64'], endpoint: '10.7.0.1:51820')
    }
    hub('wg2', on: 'ch2', port: 1338, address: '10.19.0.1/24', endpoint: '192.0.2.4', keepalive: 25) {
        peer('w', publicKey: 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=', address: '10.19.0.9', lan: true)
        spoke('de', address: '10.19.0.10/24', lan: 10)
        spoke('it', address: '10.19.0.11/24', lan: '10.4.0.0')
    }
    tunnel('wg1', keepalive: 25) {
        end('gw', port: 5000, address: '10.8.0.1/30', endpoint: '192.0.2.1')
        end('ch1', port: 5000, address: '10.8.0.2/30')
    }
    route(between: ['head', 'ch'], via: 'wg1')
}
