// Makes hosts of a provider's bare image ready: docs/playbooks.md.

playbook('bootstrap', about: 'hosts of a bare image: packages, users, who becomes root, and files first, which later logins need, then all of the rest') {
    List<Host> chosen = hostsParameter('hosts', about: 'which are new')
    String login = textParameter('login', about: "as whom the image lets in, such as root; '': as the inventory and ssh_config say", default: '')
    int within = numberParameter('within', about: 'seconds until a host answers, and until it is in health', default: 300, from: 1)

    step('reached', login: login) {
        chosen.each { host -> waitFor(host, ['true'], within: within) }
    }
    step('login', login: login) {
        apply(hosts: chosen, only: ['packages', 'user', 'sudo', 'file'])
    }
    // From here on as the inventory says, before sshd may keep the first login out.
    step('own login') {
        chosen.each { host -> waitFor(host, ['true'], within: 30) }
    }
    List<Host> beyond = linkedTo(chosen)
    step('all') {
        if (beyond) {
            say "the rest comes with that of ${beyond*.name().join(', ')}: linkctl apply, or the playbook add-site"
        } else {
            apply(hosts: chosen)
            waitForHealth(hosts: chosen, within: within)
        }
    }
}
