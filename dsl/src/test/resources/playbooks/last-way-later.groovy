playbook('last-way-later', about: 'what may be drained when a step fails counts, too') {
    drain('wg0')
    undrain('wg0')
    onFailure {
        drain('wg1')
    }
    always {
        undrain('wg0')
        drain('wg1')
        undrain('wg1')
        drain('wg0')
        drain('wg1')
    }
}
