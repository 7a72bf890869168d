playbook('nulls', about: 'what is not there is never all of it') {
    Host none = hosts.find { it.name() == 'nobody' }
    command(none, ['true'])
    reboot(none)
    waitFor(none, ['true'])
    when(none, ['true']) { say 'x' }
    drain(none)
    undrain(none)
    verify(hosts: none)
    apply(hosts: none)
    eachHost(among: none) { host -> reboot(host) }
    say null
    say none.name()
}
