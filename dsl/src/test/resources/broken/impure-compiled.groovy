fabric('x') {
    def a = 'x'.chars
    def b = [1, 2].parallelStream
    def c = LINUX.declaringClass
}
