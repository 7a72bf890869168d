// Stops a tunnel on purpose, and measures what that costs: docs/playbooks.md.

playbook('failover-drill', about: 'a tunnel is stopped at one end, and started again; its traffic has to find another way meanwhile') {
    Tunnel chosen = tunnelParameter('tunnel', about: 'which is stopped')
    String by = textParameter('by', about: 'what stops it: the end of its service, or a wire that carries nothing of it', default: 'process',
                              oneOf: ['process', 'wire'])
    int most = numberParameter('most', about: 'seconds that a ping may go unanswered', default: 15, from: 1)
    boolean tcp = flagParameter('tcp', about: 'whether TCP connections are held meanwhile; both hosts need iperf3 for that', default: true)

    String name = chosen.name()
    if (chosen.hasUnmanaged()) refuse "$name ends at a peer: linkctl can stop it there neither now nor later"
    if (!hasOtherWay(chosen)) refuse "without $name its traffic has no other way: that would be an outage, and no drill"

    Host near = hosts.find { it.name() == chosen.ends().first().host() }
    Host far = hosts.find { it.name() == chosen.ends().last().host() }
    boolean linux = near.os() == LINUX
    if (by == 'wire' && !linux) refuse "${near.name()} runs FreeBSD: by=wire drops packets by nftables, on Linux alone"

    int port = chosen.ends().first().port()
    String service = linux ? "wg-quick@$name" : "linkctl_$name"
    String drop = 'add table inet linkctl_drill; ' +
            'add chain inet linkctl_drill in { type filter hook input priority -310; }; ' +
            'add chain inet linkctl_drill out { type filter hook output priority -310; }; ' +
            "add rule inet linkctl_drill in udp dport $port drop; add rule inet linkctl_drill out udp sport $port drop"
    List<String> stop = by == 'wire' ? ['nft', drop] : linux ? ['systemctl', 'stop', service] : ['service', service, 'onestop']
    List<String> start = by == 'wire' ? ['nft', 'add table inet linkctl_drill; delete table inet linkctl_drill'] :
            linux ? ['systemctl', 'start', service] : ['service', service, 'onestart']

    // While this waits, the drill has stopped the tunnel; it starts it again, should nobody else.
    String waiting = linux ? "linkctl-drill-${name}.timer" : "/var/run/linkctl-drill-${name}.pid"
    List<String> waits = linux ? ['systemctl', 'is-active', '--quiet', waiting] : ['pgrep', '-q', '-F', waiting]
    List<String> ended = linux ? ['systemctl', 'stop', waiting] : ['pkill', '-F', waiting]
    String unit = "--unit=linkctl-drill-$name"
    String alone = most + 600                               // seconds until the tunnel comes back by itself
    String active = "--on-active=$alone"
    List<String> later = linux ? ['systemd-run', '--collect', unit, active] : ['daemon', '-f', '-p', waiting, 'sh', '-c', 'sleep "$0"; exec "$@"', alone]

    step('before') {
        verify()
        if (by == 'wire') waitFor(near, ['nft', '--version'], within: 1)
        watch("drill-$by-$name", from: far, to: near, tcp: tcp)
    }
    step('stop') {
        command(near, later + start)
        command(near, stop)
        if (far.os() == LINUX && routes.any { it.via().contains(name) && (it.failover() == WATCH || it.protocol() == BGP) }) {
            Site there = sites.find { it.name() == near.site() }
            there.lan().each { lan ->
                String family = lan.v6 ? '-6' : '-4'
                String kept = lan == there.lan().first() ? "withdrawn $by $name" : ''
                waitFor(far, ['ip', family, 'route', 'show', lan], lacks: "dev $name ", within: most, kept: kept)
            }
        }
    }
    step('mend') {
        command(near, start)
        when(near, waits) { command(near, ended) }
        waitForHealth(within: 120)
    }
    step('tell') {
        outage("drill-$by-$name", most: most)
    }
    onFailure {
        when(near, waits) {
            command(near, start)
            command(near, ended)
        }
        outage("drill-$by-$name", most: most)
    }
}
