fabric('x') {
    List<String> sites = ['a']
    for (n in 0..1) {
        site(sites.get(n)) { }
    }
}
