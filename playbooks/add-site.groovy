// Brings the hosts of a new site into a network that works: docs/playbooks.md.

playbook('add-site', about: 'a site that is new in the inventory, and all that is linked to it; then its traffic is measured') {
    Site added = siteParameter('site', about: 'the new one')
    int within = numberParameter('within', about: 'seconds until it is in health', default: 120, from: 1)

    List<Host> there = hosts.findAll { it.site() == added.name() }
    List<Host> linked = linkedTo(added)
    List<Host> others = hosts.findAll { !there.contains(it) && !linked.contains(it) }
    if (!there) refuse "site ${added.name()} has no hosts"

    step('before') {
        there.each { host -> waitFor(host, ['true'], within: within) }
        if (others) verify(hosts: others)
    }
    step('add') {
        apply(hosts: there + linked)
    }
    step('after') {
        waitForHealth(within: within)
        if (routes.any { it.between().contains(added.name()) }) measure("add-${added.name()}", hosts: there + linked)
    }
}
