playbook('p', about: 'x') {
    serial: 1
    timeout = 3
    eachHost { host ->
        drain: host
        say 'x'
        serial: 1
        hosts
        host
        host.name() == 'a'
        hasOtherWay(host)
        'a text'
    }
    hosts.each { apply: it }
    onFailure { undrain: 'wg1' }
    always: { undrain('wg1') }
    about: 'x'
}
