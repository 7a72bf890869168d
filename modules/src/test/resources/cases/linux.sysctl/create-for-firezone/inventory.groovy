fabric('lab') {
    site('a', lan: '172.31.92.0/24') {
        host('gw1', os: LINUX, ssh: 'root@127.0.0.1') {
            firezoneGateway(token: secret('firezone/token'), binary: 'files/firezone-gateway',
                            sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
            sysctl('net.core.rmem_max', '8388608')
        }
    }
}
