playbook('commands', about: 'no shell line') {
    command('a-gw', 'uptime')
    command('a-gw', [])
    command('a-gw', ['reboot now'])
    command('a-gw', ['x', null])
    command('a-gw', ['x'], staus: 1)
    command('a-gw', ['x'], status: '1')
    waitFor('a-gw', ['x'], matches: '[')
    waitFor('a-gw', ['x'], within: 0)
    command(['x'])
}
