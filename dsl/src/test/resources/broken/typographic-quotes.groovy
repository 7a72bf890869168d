fabric(“x”) {
    site(‘a’) { }
}
