// Reboots hosts so that traffic always has another way: docs/playbooks.md.

playbook('rolling-reboot', about: 'hosts reboot one after the other, or a few at once, and each has to be back in health') {
    List<Host> chosen = hostsParameter('hosts', about: 'which reboot', default: hosts)
    String serial = textParameter('serial', about: "how many at once, or a share of each site: '25%'", default: '1')
    int within = numberParameter('within', about: 'seconds until a host is back and in health', default: 600, from: 30)

    step('before') {
        verify()
    }
    eachHost(among: chosen, serial: serial) { host ->
        if (hasOtherWay(host)) drain(host)
        reboot(host, within: within)
        if (hasOtherWay(host)) undrain(host)
        waitForHealth(within: 120)
    }
}
