// New pre-shared keys for tunnels with `psk: true`: docs/playbooks.md.

playbook('rotate-psk', about: 'new pre-shared keys, one tunnel after the other; sessions go on') {
    List<Tunnel> chosen = tunnelsParameter('tunnels', about: 'whose keys are replaced')

    step('before') {
        verify()
    }
    chosen.each { tunnel ->
        step(tunnel.name()) {
            apply(hosts: tunnel.ends()*.host(), rotatePsk: tunnel)
            verify()
        }
    }
}
