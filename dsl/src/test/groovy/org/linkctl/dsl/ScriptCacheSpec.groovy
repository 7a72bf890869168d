package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.dsl.read.RunLimits
import org.linkctl.dsl.read.ScriptCache
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** Compiled inventories are kept in a folder of the user's own; whatever is wrong with it only costs time. */
class ScriptCacheSpec extends Specification {
    @TempDir
    Path folder

    Path cached

    def setup() {
        cached = folder.resolve('user/linkctl/inventories')
    }

    private ScriptCache cache(String language = 'language 1') {
        ScriptCache.in(cached, language)
    }

    private Path inventory(String text, String name = 'x.groovy') {
        Files.writeString(folder.resolve(name), text.toString())
    }

    private String name(Path file, ScriptCache cache = cache()) {
        Inventory.load(file, Limits.ALL, cache).fabric().name()
    }

    private List<Path> entries() {
        Files.exists(cached) ? cached.toFile().listFiles().collect { it.toPath() }.sort() : []
    }

    def "what is loaded from it is what was compiled: #file.fileName"(Path file) {
        when:
        def compiled = Inventory.load(file, Limits.ALL)
        def kept = Inventory.load(file, Limits.ALL, cache())
        def again = Inventory.load(file, Limits.ALL, cache())

        then:
        [kept, again].every { it.render() == compiled.render() && (it.fabric() == null) == (compiled.fabric() == null) }
        compiled.fabric() == null || [kept, again].every { "${it.fabric().hosts()}" == "${compiled.fabric().hosts()}" }

        where:
        file << Golden.inventories('good') + Golden.inventories('broken')
    }

    def "it is used: an entry with another fabric's name in its classes gives that name"() {
        given:
        def file = inventory(SITES.replace("fabric('x')", "fabric('one')"))
        Inventory.load(file, Limits.ALL, cache())
        def entry = entries().first()

        when:
        change(entry, '\u0003one', '\u0003two')

        then:
        name(file) == 'two'
    }

    /** Changes the classes in an entry; the text in it stays as it is. */
    private static void change(Path entry, String was, String is) {
        String changed = new String(Files.readAllBytes(entry), 'ISO-8859-1')
        int from = changed.indexOf("}\n")
        assert changed[from..-1].contains(was)
        byte[] bytes = (changed[0..from] + changed[(from + 1)..-1].replace(was, is)).getBytes('ISO-8859-1')
        def sum = new java.util.zip.CRC32()
        sum.update(bytes, 8, bytes.length - 8)
        java.nio.ByteBuffer.wrap(bytes).putLong(sum.value)
        Files.write(entry, bytes)
    }

    def "an entry whose classes do not fit this linkctl is made again: #what"() {
        given:
        def file = inventory(SITES)
        name(file)
        def entry = entries().first()
        byte[] whole = Files.readAllBytes(entry)

        when:
        change(entry, was, is)
        def loaded = Inventory.load(file, Limits.ALL, cache())

        then:
        loaded.render() == ''
        loaded.fabric().sites()*.name() == ['a']
        Files.readAllBytes(entry) == whole

        where:
        what                                             | was             | is
        'no class that can be loaded'                    | '\u00ca\u00fe\u00ba\u00be' | '\u00ca\u00fe\u00ba\u00bf'
        'a method that is missing, after a declaration'  | '\u0003nic'     | '\u0003nix'
    }

    def "the folder and its entries are the user's alone"() {
        when:
        name(inventory(SITES))

        then:
        entries().size() == 1
        PosixFilePermissions.toString(Files.getPosixFilePermissions(cached)) == 'rwx------'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(entries().first())) == 'rw-------'
    }

    def "another text, or another language, is compiled"() {
        when:
        name(inventory(SITES))
        name(inventory(SITES.replace("fabric('x')", "fabric('y')"))) == 'y'
        name(inventory(SITES), cache('language 2'))

        then:
        entries().size() == 3
    }

    def "an entry that is damaged is made again: #damage"() {
        given:
        def file = inventory(SITES)
        name(file)
        def entry = entries().first()
        byte[] whole = Files.readAllBytes(entry)

        when:
        Files.write(entry, change(whole.clone()) as byte[])

        then:
        name(file) == 'x'
        Files.readAllBytes(entry) == whole

        where:
        damage         | change
        'empty'        | { byte[] it -> [] }
        'cut off'      | { byte[] it -> it[0..<it.length - 100] }
        'one bit'      | { byte[] it -> it[it.length - 50] ^= 1; it }
        'its hash'     | { byte[] it -> it[3] ^= 1; it }
        'other'        | { byte[] it -> 'not an entry'.bytes }
    }

    def "a folder that cannot be made only costs time"() {
        given:
        Files.writeString(folder.resolve('user'), 'a file, where the folder would be')

        expect:
        name(inventory(SITES)) == 'x'
        Files.isRegularFile(folder.resolve('user'))
    }

    def "nothing is read from, or written to, #what"() {
        given:
        def file = inventory(SITES)
        name(file)
        Path elsewhere = folder.resolve('elsewhere')
        def made = entries().first().fileName
        byte[] whole = Files.readAllBytes(entries().first())
        Files.write(entries().first(), 'bad'.bytes)

        when:
        change.call(cached, elsewhere)

        then:
        name(file) == 'x'
        Files.readAllBytes(cached.resolve(made)) != whole

        where:
        what                                      | change
        'a folder that others may read'           | { Path at, Path to -> Files.setPosixFilePermissions(at, PosixFilePermissions.fromString('rwxr-xr-x')) }
        'a symbolic link'                         | { Path at, Path to -> Files.move(at, to); Files.createSymbolicLink(at, to) }
        'a folder in one that others may write'   | { Path at, Path to -> Files.setPosixFilePermissions(at.parent, PosixFilePermissions.fromString('rwxrwxrwx')) }
        'a folder in a symbolic link'             | { Path at, Path to -> Files.move(at.parent, to); Files.createSymbolicLink(at.parent, to) }
    }

    @Requires({ System.getProperty('user.name') == 'root' }) // only root can give a folder away
    def "nor from a folder of another user"() {
        given:
        def file = inventory(SITES)
        name(file)
        byte[] whole = Files.readAllBytes(entries().first())
        Files.write(entries().first(), 'bad'.bytes)

        when:
        def nobody = cached.fileSystem.userPrincipalLookupService.lookupPrincipalByName('nobody')
        Files.setOwner(cached, nobody)

        then:
        name(file) == 'x'
        Files.readAllBytes(entries().first()) != whole
    }

    def "an entry that is a symbolic link is replaced, not followed"() {
        given:
        def file = inventory(SITES)
        name(file)
        def entry = entries().first()
        Path target = Files.writeString(folder.resolve('target'), 'somebody else needs this')
        Files.delete(entry)
        Files.createSymbolicLink(entry, target)

        expect:
        name(file) == 'x'
        Files.readString(target) == 'somebody else needs this'
        !Files.isSymbolicLink(entry)
    }

    def "what an inventory includes, and its data, are read each time"() {
        given:
        def file = inventory("fabric('x') {\n    include 'part.groovy'\n    for (row in csv('sites.csv')) site(row.name, lan: row.lan) { }\n}\n")
        inventory("site('part', lan: '10.9.0.0/24') { }\n", 'part.groovy')
        inventory("name,lan\na,10.1.0.0/24\n", 'sites.csv')
        def sites = { Inventory.load(file, Limits.ALL, cache()).with { it.render() + it.fabric()?.sites()*.name() } }

        when:
        def first = sites()
        inventory("name,lan\na,10.1.0.0/24\nb,10.2.0.0/24\n", 'sites.csv')
        def more = sites()
        inventory("site('other', lan: '10.9.0.0/24') { }\n", 'part.groovy')
        def other = sites()

        then:
        first.contains('part') && !first.contains('b')
        more.contains('b')
        other.contains('other') && !other.contains('part,')
    }

    def "what is refused is not kept"() {
        when:
        Inventory.load(inventory("fabric('x') { new File('/etc/passwd').text }"), Limits.ALL, cache())

        then:
        entries().isEmpty()
    }

    def "one that never ends is kept, and stopped at its line all the same"() {
        given:
        def file = inventory("fabric('x') {\n    int n = 0\n    while (n >= 0) { n = 1 - n }\n}\n")
        def load = { Inventory.load(file, Limits.ALL, cache(), new RunLimits(1, 100)).render() }

        expect:
        load() == load()
        entries().size() == 1
        load().contains('computed for 1 second')
    }

    private static final String SITES = """fabric('x') {
    site('a', lan: '10.1.0.0/24') { host('a-gw', os: LINUX, ssh: '192.0.2.1') { nic('eth1', address: '10.1.0.1/24') } }
}
"""
}
