fabric('x') {
    include 'nowhere.groovy'
}
