import java.nio.file.Files
fabric('x') {
    println 'hi'
    def a = 'id'.execute().text
    new File('/etc/passwd').text
    System.exit(1)
    def b = ''.getClass().classLoader
    def c = new Date()
    def d = Math.random()
    def e = UUID.randomUUID()
    def f = new Random().nextInt()
    Files.exists(null)
    Thread.sleep(5)
    sleep(5)
    def g = [1, 2].shuffled()
    def h = System.getenv('HOME')
    def i = ''.class
    def j = Eval.me('1')
    def k = new URL('http://192.0.2.1/').text
}
