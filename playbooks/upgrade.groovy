// New versions of packages and of what the inventory declares, one host after the other: docs/playbooks.md.

playbook('upgrade', about: 'packages and declared versions, one host after the other; each has to be in health before the next one') {
    List<Host> chosen = hostsParameter('hosts', about: 'which are upgraded', default: hosts)
    String packages = textParameter('packages', about: 'whether all packages of the system are brought up to date', default: 'yes',
                                    oneOf: ['yes', 'no'])
    int within = numberParameter('within', about: 'seconds until a host is back and in health', default: 600, from: 30)

    step('before') {
        verify()
    }
    eachHost(among: chosen) { host ->
        if (hasOtherWay(host)) drain(host)
        if (packages == 'yes' && host.os() == LINUX) {
            command(host, ['apt-get', 'update'])
            command(host, ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-y', '-o', 'Dpkg::Options::=--force-confold', 'upgrade'])
        } else if (packages == 'yes') {
            command(host, ['env', 'ASSUME_ALWAYS_YES=yes', 'pkg', 'upgrade'])
        }
        apply(hosts: host)
        if (packages == 'yes' && host.os() == LINUX) {
            when(host, ['test', '-e', '/var/run/reboot-required']) { reboot(host, within: within) }
        } else if (packages == 'yes') {
            when(host, ['sh', '-c', '[ "$(freebsd-version -k)" = "$(uname -r)" ]'], status: 1) { reboot(host, within: within) }
        }
        if (hasOtherWay(host)) undrain(host)
        waitForHealth(within: 120)
    }
}
