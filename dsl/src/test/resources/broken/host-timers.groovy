fabric('x') {
    site('a') {
        host('gw', os: LINUX, ssh: 'gw') {
            timer('A b', every: '15m', run: '/usr/bin/true')
            timer('seven', every: '7m', run: '/usr/bin/true')
            timer('hour', every: '60m', run: '/usr/bin/true')
            timer('day', every: '1d', run: '/usr/bin/true')
            timer('both', every: '1h', at: '03:10', run: '/usr/bin/true')
            timer('never', run: '/usr/bin/true')
            timer('nowhen', at: [], run: '/usr/bin/true')
            timer('short', at: '3:10', run: '/usr/bin/true')
            timer('late', at: ['24:00', '03:10', '03:10'], run: '/usr/bin/true')
            timer('days', at: '03:10', days: ['mon', 'Tuesday', 'mon'], run: '/usr/bin/true')
            timer('line', every: '1h', run: 'systemctl restart lldpd')
            timer('nothing', every: '1h', run: [])
            timer('secret', every: '1h', run: ['/usr/bin/curl', "secret('token')"])
            timer('word', every: '1h', run: ['/usr/bin/curl', 'é'])
            timer('given', every: '1h', run: ['/usr/bin/curl', secret('token')])
            timer('user', every: '1h', run: '/usr/bin/true', user: 'Nobody')
            timer('twice', every: '1h', run: '/usr/bin/true')
            timer('twice', every: '2h', run: '/usr/bin/true')
            timer('missing', every: '1h')
            timer('workdays', at: '03:10', days: [], run: '/usr/bin/true')
            cron('backup', hour: 3, job: '/usr/bin/true')
            timer('typed', every: 15, run: '/usr/bin/true')
        }
    }
}
