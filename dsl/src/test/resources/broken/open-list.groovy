def lans = ['10.1.0.0/16'

fabric('x') {
    site('a', lan: lans) { }
}
