fabric('x') {
    int n = 'five'
    String s = unknown
    def x = 'a'.frob(1)
    def y = [1, 2].sizee
    Foo foo = null
    site("s${unknwn}") { }
    for (i in 1..2) { site("a$i") { host("h$i", os: LINUX, ssh: 'x y') } }
}
