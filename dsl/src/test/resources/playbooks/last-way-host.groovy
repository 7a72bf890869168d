playbook('last-way', about: 'a host with all tunnels of a route') {
    drain(hosts.first())
}
