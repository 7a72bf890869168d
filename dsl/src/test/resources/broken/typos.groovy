fabric('x') {
    sites('a', lann: '10.1.0.0/16') {
        Host('a-gw', OS: LINUX, shh: 'a', becom: SUDO, gatway: 'b') {
            bonds('bond0', Mode: LACP, hsh: LAYER3_4, mimon: 100, lacprate: FAST, member: ['eno1'], addres: '10.1.0.1/16', MTU: 1500)
            nick('eth0', addr: '10.1.0.1/16', mtuu: 3)
            sysctrl('net.ipv4.ip_forward', '1')
        }
    }
    tunnle('wg0', keepAlive: 10, mut: 1400, PSK: true) {
        ends('a-gw', prot: 5000, adress: '10.255.0.1/30', endpint: '192.0.2.2')
    }
    tunels('ab', counts: 3, port: 5000..5010, transt: '10.255.0.0/24') { ned('a-gw') }
    rout(betwen: ['a', 'b'], over: 'wg0', weight: [wg0: 1], hashh: L4, failOver: WATCH)
}
