fabric('x') {
    def a = new Object() { String toString() { 'id'.execute().text } }
}
