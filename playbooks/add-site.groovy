// Brings the hosts of a new site into a network that works: docs/playbooks.md.

playbook('add-site', about: 'a site that is new in the inventory: its own hosts first, then the far ends, and its traffic is measured') {
    Site added = siteParameter('site', about: 'the new one')
    int within = numberParameter('within', about: 'seconds until it is in health', default: 120, from: 1)

    List<Host> there = hosts.findAll { it.site() == added.name() }
    List<String> ends = tunnels.findAll { it.ends()*.host().any { end -> there*.name().contains(end) } }
            .collectMany { it.ends()*.host() }
    List<Host> far = hosts.findAll { it.site() != added.name() && ends.contains(it.name()) }
    List<Host> others = hosts.findAll { !there.contains(it) && !far.contains(it) }
    if (!there) refuse "site ${added.name()} has no hosts"

    step('before') {
        there.each { host -> waitFor(host, ['true'], within: within) }
        if (others) verify(hosts: others)
    }
    step('add') {
        apply(hosts: there + far)
    }
    step('after') {
        waitForHealth(within: within)
        if (routes.any { it.between().contains(added.name()) }) measure("add-${added.name()}", hosts: there + far)
    }
}
