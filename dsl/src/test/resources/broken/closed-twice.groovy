fabric('x') {
    site('a') { } }
}
