site('b', lan: '10.2.0.0/16') {
    gateway: 'a-gw'
    host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth0', address: '10.2.0.1/16') }
}
keepalive: 25
'a text'
