fabric('x') {
    site('a', lan: '10.1.0.0/16') { }
    def lan =
