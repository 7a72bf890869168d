fabric('x') {
    for (row in csv('parts/hosts.csv')) {
        site(row.nme) { }
    }
}
