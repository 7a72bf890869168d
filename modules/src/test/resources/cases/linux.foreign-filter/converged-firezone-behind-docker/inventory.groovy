fabric('lab') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') {
            firezoneGateway(token: secret('firezone/token'), binary: 'files/firezone-gateway',
                            sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
        }
    }
}
