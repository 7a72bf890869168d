// New private keys for tunnels: docs/playbooks.md.

playbook('rotate-keys', about: 'new private keys at both ends, one tunnel after the other; traffic takes the others meanwhile') {
    List<Tunnel> chosen = tunnelsParameter('tunnels', about: 'whose keys are replaced')

    step('before') {
        verify()
    }
    chosen.each { tunnel ->
        step(tunnel.name()) {
            apply(hosts: tunnel.ends()*.host(), rotateKey: tunnel)
            waitForHealth(within: 60)
        }
    }
}
