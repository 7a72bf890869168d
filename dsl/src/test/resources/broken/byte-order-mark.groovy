fabric('x') {
    site('a', lan: '10.1.0.0/33') { }
}
