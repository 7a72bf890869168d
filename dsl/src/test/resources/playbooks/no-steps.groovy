playbook('no-steps', about: 'nothing to do') {
    hosts.each { host -> if (host.name() == 'x') reboot(host) }
}
