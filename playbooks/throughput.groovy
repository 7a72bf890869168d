// Measures every route, both ways, and compares with the last time: docs/playbooks.md.

playbook('throughput', about: 'what the routes carry; run it before a change and after, for it compares with the last time') {
    String name = textParameter('name', about: 'under which the figures are kept', default: 'throughput')
    List<Host> chosen = hostsParameter('hosts', about: 'between which is measured', default: hosts)
    int seconds = numberParameter('seconds', about: 'of each measurement', default: 10, from: 1, to: 300)
    int flows = numberParameter('flows', about: 'TCP streams side by side', default: 24, from: 1, to: 128)
    boolean accept = flagParameter('accept', about: 'whether less than last time is what is compared with from now on', default: false)

    verify(hosts: chosen)
    measure(name, hosts: chosen, seconds: seconds, flows: flows, accept: accept)
}
