fabric('x') {
    site('a' {
    }
}
