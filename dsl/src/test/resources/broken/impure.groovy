import java.util.Formatter
import groovy.transform.ASTTest as Field

@groovy.transform.CompileDynamic
void sneaky() { 'id'.execute() }

@Field(value = { new File('/nowhere').text = 'x' })
int number = 1

fabric('x') {
    def a = ['id'].collect(String::execute)
    def b = 'id'.&execute
    def c = new Formatter('/nowhere/1')
    Formatter d = ['/nowhere/2']
    def e = ['/nowhere/3'] as Formatter
    def f = (Formatter) ['/nowhere/4']
    def g = 'x'['class']
    def h = 'x'.@value
    def i = Integer.getInteger('x')
    def j = { -> 1 }.delegate
    def k = org.linkctl.dsl.Inventory.load(null)
    def l = [1].stream().parallel()
    def m = "${-> 'id'.execute()}"
    def n = 'x'.class.forName('java.lang.Runtime')
    def o = 'java.lang.Runtime' as Class
    def p = this.binding
    def q = { it }.owner
    def r = [1, 2].each { this.print(it) }
    def s = groovy.lang.GroovySystem.version
    def t = java.util.concurrent.ThreadLocalRandom.current().nextInt()
    def u = new Date().time
    def v = [a: 1].metaClass
    def w = 'x'.hashCode()
    def y = 'x'.getAt('bytes')
    @groovy.transform.ASTTest(value = { println 1 }) def z = 1
    [1].each { @Deprecated int one -> one }
}
