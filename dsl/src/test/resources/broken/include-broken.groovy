fabric('x') {
    include 'parts/broken.groovy'
    site('b', lan: '10.2.0.0/33') { }
}
