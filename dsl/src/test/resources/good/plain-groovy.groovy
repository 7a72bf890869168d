import groovy.transform.Field

@Field final List<String> NAMES = ['a', 'b']

fabric('plain-groovy') {
    List<String> names = ['a', 'b']
    def lans = [a: '10.1.0.0/16', b: '10.2.0.0/16']
    def byName = [:].withDefault { [] }
    def rows = [[site: 'a', port: 5000], [site: 'b', port: 5001]]
    def sites = rows*.site
    def ports = rows.collectEntries { [it.site, it.port] }
    def grouped = rows.groupBy { it.site }
    def all = [*names, 'c']
    def merged = [*: lans, c: '10.3.0.0/16']
    def nested = [[1, 2], [3]].flatten().unique().sort(false)
    def octets = '10.0.0.1'.tokenize('.').collect { it as int }
    def split = '10.0.0.1'.split('[.]')*.toInteger()
    def hex = Integer.toHexString(255).padLeft(4, '0')
    def maybe = Optional.of(1).map { it + 1 }.orElse(2)
    def set = [1, 2, 2] as Set
    java.util.function.Function<Integer, Integer> next = (Integer x) -> x + 1
    int[] numbers = [1, 2, 3]
    def (one, two) = [1, 2]
    def matches = ('eth0' =~ /eth(\d)/).find() && 'eth0' ==~ /eth\d/
    String text = names.collect { it.toUpperCase() }.join(',') + String.format('%02d', 5) + 'x'.md5()
    switch (one) { case 1..3: text += 'a'; break; default: break }
    try { throw new IllegalStateException('x') } catch (IllegalStateException e) { text += e.message }
    1.upto(3) { text += it }
    for (int i = 0; i < 3; i++) { text += names[i % 2] + names[-1] + text[0..<1] }
    assert names.inject(0) { sum, each -> sum + each.length() } == 2 ** 1 && next.apply(1) == 2
    names.eachWithIndex { name, i ->
        site(name, lan: lans[name]) {
            host(label(name, i), os: name == 'a' ? LINUX : LINUX, ssh: "${name}.example") { nic('eth0', address: "10.${i + 1}.0.1/16") }
        }
    }
}

String label(String name, int n) { "$name-${n + NAMES.size()}" }
