playbook('last-way', about: 'each route keeps a tunnel') {
    drain('wg0')
    drain('wg1')
    undrain('wg0')
    drain('wg1')
}
