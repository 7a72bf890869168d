fabric('x') {
    include '../good/part.groovy'
}
