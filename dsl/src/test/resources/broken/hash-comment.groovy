# the first site
fabric('x') {
    site('a') {}
}
