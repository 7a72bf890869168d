playbook('undrained', about: 'what is put back was taken out before') {
    undrain('wg0')
    drain('wg0')
    undrain('wg1')
    undrain('wg0')
    undrain('wg0')
    onFailure {
        undrain('wg0')
        undrain('wg1')
        drain(tunnels)
    }
}
