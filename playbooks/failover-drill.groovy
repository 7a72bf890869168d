// Stops a tunnel on purpose, and measures what that costs: docs/playbooks.md.

playbook('failover-drill', about: 'a tunnel is stopped at one end; its traffic has to find another way, and apply to mend it') {
    Tunnel chosen = tunnelParameter('tunnel', about: 'which is stopped')
    int most = numberParameter('most', about: 'seconds that a ping may go unanswered', default: 15, from: 1)

    if (chosen.hasUnmanaged()) refuse "${chosen.name()} ends at a peer: linkctl can stop it there neither now nor later"
    if (!hasOtherWay(chosen)) refuse "without ${chosen.name()} its traffic has no other way: that would be an outage, and no drill"

    Host near = hosts.find { it.name() == chosen.ends().first().host() }
    Host far = hosts.find { it.name() == chosen.ends().last().host() }
    List<Route> watched = routes.findAll { it.via().contains(chosen.name()) && it.failover() == WATCH }
    int alone = most + 600                                  // seconds until the tunnel comes back by itself

    step('before') {
        verify()
        watch('drill', from: far, to: near)
    }
    step('stop') {
        if (near.os() == LINUX) {
            command(near, ['systemd-run', "--on-active=$alone", 'systemctl', 'start', "wg-quick@${chosen.name()}"])
            command(near, ['systemctl', 'stop', "wg-quick@${chosen.name()}"])
        } else {
            command(near, ['daemon', '-f', 'sh', '-c', 'sleep "$0"; ifconfig "$1" up', alone, chosen.name()])
            command(near, ['ifconfig', chosen.name(), 'down'])
        }
        if (far.os() == LINUX && watched) {
            Site there = sites.find { it.name() == near.site() }
            there.lan().findAll { !it.v6 }.each { lan ->
                waitFor(far, ['ip', 'route', 'show', lan], lacks: "dev ${chosen.name()} ", within: most)
            }
        }
    }
    step('mend') {
        apply(hosts: [near, far])
        waitForHealth(within: 120)
    }
    step('tell') {
        outage('drill', most: most)
    }
    onFailure {
        apply(hosts: [near, far])
    }
}
