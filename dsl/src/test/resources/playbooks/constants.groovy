playbook('constants', about: 'compared with texts') {
    if (hosts.first().os() == 'LINUX') say 'never'
    hosts.findAll { it.os() != 'FREEBSD' }.each { say it.name() }
    eachHost { host -> if ("LIN${'UX'}" == host.os()) say 'never' }
    def os = hosts.first().os()
    switch (os) { case 'LINUX': say 'never'; break; case FREEBSD: say 'x' }
    if (os in ['LINUX', FREEBSD]) say 'x'
    say(os.equals('BSD') ? 'never' : 'always')
    say(os == LINUX && os.name() == 'LINUX' && "$os" == 'LINUX' && os in [LINUX, FREEBSD] ? 'a' : 'b')
    switch (os) { case LINUX: say 'x'; break; case FREEBSD: say 'y' }
}
