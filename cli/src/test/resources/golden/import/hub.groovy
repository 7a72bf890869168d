// Made by linkctl import of what the hosts have. What is a comment is not declared, and stays as it is.
fabric('imported') {
    site('hub') {
        host('hub', os: LINUX, ssh: '192.0.2.1') {
            nic('eth0', address: '192.0.2.1/24')
        }
    }
    site('s-poke--1-') {
        host('s-poke--1-', os: LINUX, ssh: '198.51.100.2') {
            nic('eth0', address: '198.51.100.2/24')
            // not declared, since 'e'+x' is no name for an interface; letters, digits and _ . = + -, the first a letter, a digit or _, 15 characters at most
            // nic('e\'+x', address: '10.3.0.1/24')
        }
    }
    hub('wg0', on: 'hub', port: 1337, address: '10.9.0.1/24', endpoint: '192.0.2.1', keepalive: 25) {
        spoke('s-poke--1-', address: '10.9.0.2/24')
        peer('phone', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: '10.9.0.7')
        peer('peer1', publicKey: 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=', address: '10.9.0.8',
             endpoint: 'vendor.example:51820', keepalive: 20)
    }
}
