fabric('x') {
    include 'nowhere.groovy'
    for (row in csv('nowhere.csv')) { site(row.name) { } }
    site('b', lan: '10.2.0.0/33') { host('b-gw', os: LINUX, ssh: 'b', gateway: 'of-nowhere') }
    def more = json('../x.json')
    site(more.text('name')) { }
}
