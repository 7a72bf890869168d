playbook('changed', about: 'the inventory stays as it is') {
    hosts.clear()
    say 'x'
}
