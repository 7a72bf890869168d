fabric('x') {
    site('a') {}    # the first site
}
