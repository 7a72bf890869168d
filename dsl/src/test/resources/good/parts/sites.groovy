def lans = [a: '10.1.0.0/16', b: '10.2.0.0/16']
for (row in csv('parts/hosts.csv')) {
    site(row.site, lan: lans[row.site]) {
        host(row.name, os: LINUX, ssh: "admin@${row.ssh}") { nic('eth0', address: row.address) }
    }
}
