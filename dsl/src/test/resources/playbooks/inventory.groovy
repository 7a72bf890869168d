fabric('x') {
    site('a', lan: '192.0.2.0/24')
}
