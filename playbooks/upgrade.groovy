// New versions of packages and of what the inventory declares, one host after the other: docs/playbooks.md.

playbook('upgrade', about: 'packages and declared versions, one host after the other; each has to be in health before the next one') {
    List<Host> chosen = hostsParameter('hosts', about: 'which are upgraded', default: hosts)
    String packages = textParameter('packages', about: 'whether all packages of the system are brought up to date', default: 'yes',
                                    oneOf: ['yes', 'no'])
    int within = numberParameter('within', about: 'seconds until a host is back and in health', default: 600, from: 30)

    // os-release(5), as linkctl tells who manages packages; needs-restarting is a plugin of dnf(8).
    List<String> ofDebian = ['grep', '-Eqw', '^ID(_LIKE)?=.*(debian|ubuntu)', '/etc/os-release']
    List<String> ofRedHat = ['grep', '-Eqw', '^ID(_LIKE)?=.*(fedora|rhel)', '/etc/os-release']
    List<String> ofEither = ['grep', '-Eqw', '^ID(_LIKE)?=.*(debian|ubuntu|fedora|rhel)', '/etc/os-release']
    List<String> apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', '-o', 'DPkg::Lock::Timeout=300']
    List<String> dnf = ['env', 'LC_ALL=C', 'dnf', '-y']
    String rebootIsDue = 'test -e /var/run/reboot-required || ' +
            '{ command -v dnf >/dev/null && LC_ALL=C dnf -y -C needs-restarting -r | grep -q "^Reboot is required"; }'
    List<Host> linux = packages == 'yes' ? chosen.findAll { it.os() == LINUX } : []
    List<Host> freebsd = packages == 'yes' ? chosen.findAll { it.os() == FREEBSD } : []

    step('before') {
        verify()
        linux.each { host ->
            waitFor(host, ofEither, within: 1)
            when(host, ofRedHat) { waitFor(host, dnf + ['-C', 'needs-restarting', '--help'], within: 30) }
        }
    }
    eachHost(among: chosen) { host ->
        if (hasOtherWay(host)) drain(host)
        if (linux.contains(host)) {
            when(host, ofDebian) {
                command(host, apt + ['update'])
                command(host, apt + ['-o', 'Dpkg::Options::=--force-confold', '--with-new-pkgs', 'upgrade'])
            }
            when(host, ofRedHat) { command(host, dnf + ['--refresh', 'upgrade']) }
        }
        if (freebsd.contains(host)) command(host, ['env', 'ASSUME_ALWAYS_YES=yes', 'pkg', 'upgrade'])
        apply(hosts: host)
        if (linux.contains(host)) when(host, ['sh', '-c', rebootIsDue]) { reboot(host, within: within) }
        if (freebsd.contains(host)) {
            when(host, ['sh', '-c', '[ "$(freebsd-version -k)" = "$(uname -r)" ]'], status: 1) { reboot(host, within: within) }
        }
        if (hasOtherWay(host)) undrain(host)
        waitForHealth(within: 120)
    }
}
