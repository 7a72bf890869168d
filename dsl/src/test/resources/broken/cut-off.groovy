fabric('x') {
    site('a') { }
}
def lan =

