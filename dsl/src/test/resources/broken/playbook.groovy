playbook('restart', about: 'a playbook where an inventory is read') {
    List<Host> chosen = hostsParameter('hosts', about: 'which', default: hosts)
    eachHost(among: chosen) { Host host ->
        if (host.os() == LINUX) command(host, ['systemctl', 'restart', 'chrony'])
    }
}

String twice(Host host) { host.name() * 2 }
