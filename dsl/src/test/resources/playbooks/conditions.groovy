playbook('conditions', about: 'what a condition cannot have') {
    when('a-gw', ['true']) {
        drain('wg0')
        watch('w', from: 'a-gw', to: 'b-gw')
        onFailure { say 'x' }
        reboot('b-gw')
    }
    when(hosts, ['true']) { say 'x' }
    when('a-gw', 'uptime -p') { say 'x' }
    when('a-gw', ['-x'], status: 1) { say 'x' }
    when('a-gw', ['true'])
    eachHost(serial: '150%') { host -> reboot(host) }
    eachHost(serial: 0) { host -> reboot(host) }
    eachHost(serial: 'half') { host -> reboot(host) }
}
