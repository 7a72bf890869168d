fabric('remote-access') {
    site('a', lan: '10.92.0.0/16') {
        for (n in 1..2) {
            host("gw$n", os: LINUX, ssh: "ops@192.0.2.${50 + n}") {
                firezoneGateway(token: secret('firezone/token'), binary: 'files/firezone-gateway',
                                sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae')
            }
        }
    }
    site('b', lan: '10.93.0.0/16') {
        host('alone', os: LINUX, ssh: 'ops@198.51.100.7') {
            firezoneGateway(token: secret('firezone/b'), binary: 'https://dl.example/firezone-gateway', api: 'wss://portal.example/v2', healthPort: 18080,
                            sha256: 'FCDE2B2EDBA56BF408601FB721FE9B5C338D10EE429EA04FAE5511B68FBF8FB9')
        }
        host('plain', os: LINUX, ssh: 'ops@198.51.100.8')
    }
}
