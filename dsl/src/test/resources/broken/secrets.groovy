fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/16') } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: '10.2.0.1/16') } }
    tunnel('wg0', keepalive: 0, psk: 'vXbzaAjIy2y2dgMDDUWIUY30aqeg6jTQCQaH43BHuoA=', mtu: 1400) {
        end('a-gw', port: 5000, address: '10.255.0.1/30')
        end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    for (n in ['one']) {
        tunnel('wg1', psk: "the-text-of-$n", keepalive: 0) {
            end('a-gw', port: 5001, address: '10.255.1.1/30')
            end('b-gw', port: 5001, address: '10.255.1.2/30', endpoint: '192.0.2.2')
        }
    }
    String text = loud()
    tunnel('wg2', psk: text) {
        end('a-gw', port: 5002, address: '10.255.2.1/30')
        end('b-gw', port: 5002, address: '10.255.2.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg3', psk: secret('../up')) {
        end('a-gw', port: 5003, address: '10.255.3.1/30')
        end('b-gw', port: 5003, address: '10.255.3.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg4', psk: secret("-n\u001b[31m\$(reboot)")) {
        end('a-gw', port: 5004, address: '10.255.4.1/30')
        end('b-gw', port: 5004, address: '10.255.4.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg5', psk: secret()) {
        end('a-gw', port: 5005, address: '10.255.5.1/30')
        end('b-gw', port: 5005, address: '10.255.5.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg7', PSK: 'vXbzaAjIy2y2dgMDDUWIUY30aqeg6jTQCQaH43BHuoA=') {
        end('a-gw', port: 5007, address: '10.255.7.1/30')
        end('b-gw', port: 5007, address: '10.255.7.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg6', psk: 7) {
        end('a-gw', port: 5006, address: '10.255.6.1/30')
        end('b-gw', port: 5006, address: '10.255.6.2/30', endpoint: '192.0.2.2')
    }
}

String loud() { 'LOUD' + 'LOUD' }
