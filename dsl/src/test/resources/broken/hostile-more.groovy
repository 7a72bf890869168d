fabric('x') {
    site('a') {
        host('a', os: LINUX, ssh: "ad min@192.0.2.1") {
            nic("${'e' * 300}")
            sysctl('net.ipv4.ip_forward', ' 1')
            sysctl('net.ipv4.ip_forwardé', 'ü')
        }
        host("${'h' * 64}", os: LINUX, ssh: "192.0.2.1:0")
        host('', os: LINUX, ssh: '')
        host('.hidden', os: LINUX, ssh: 'root@[::1]:70000')
    }
    tunnel('wg0') {
        end('a', port: 1, address: '10.255.0.1/30', endpoint: '192.0.2.300')
        end('.hidden', port: 2, address: '10.255.0.2/30', endpoint: 'host.example:51820')
    }
}
