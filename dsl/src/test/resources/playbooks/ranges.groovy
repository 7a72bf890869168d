playbook('ranges', about: 'values that nothing can have') {
    Host one = hostParameter('one', about: 'x', default: hosts)
    String how = textParameter('how', about: 'x', default: 'a', oneOf: [])
    command('a-gw', ['true'], status: 256)
    waitFor('a-gw', ['true'], status: -1)
    command('a-gw', ['wg', 'show', tunnels.first()])
    command('a-gw', ['true'], says: '', lacks: '')
    measure('', hosts: hosts)
    measure('one', hosts: 'a-gw')
    assert tunnels.size() == 99
}
