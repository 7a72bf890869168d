package org.linkctl.cli

import com.sun.net.httpserver.HttpServer
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest
import org.linkctl.cli.files.Download
import org.linkctl.cli.files.FileLookup
import org.linkctl.cli.files.FileStore
import org.linkctl.diag.Place
import org.linkctl.shell.Artifact
import spock.lang.Specification
import spock.lang.TempDir

/** The files that hosts are sent: what is taken for one, before any host is contacted for a change. */
class FileLookupSpec extends Specification {
    static final String CONTENT = 'a program'
    static final String SHA256 = MessageDigest.getInstance('SHA-256').digest(CONTENT.bytes).encodeHex()

    @TempDir Path folder
    def store = new FileStore()
    List<String> fetched = []

    private static Artifact artifact(String source, String sha256 = SHA256) { new Artifact(source, sha256, new Place('net.groovy', 3, 5)) }

    private FileLookup lookup(FileLookup.Fetch fetch = { String url, Path file -> fetched << url; Files.writeString(file, CONTENT) }, Path cache = folder.resolve('cache')) {
        new FileLookup(folder.resolve('inventory'), Optional.ofNullable(cache), fetch, store)
    }

    private Path beside(String name, String content = CONTENT) {
        def file = folder.resolve('inventory').resolve(name)
        Files.createDirectories(file.parent)
        Files.writeString(file, content)
    }

    private static List<String> said(List diagnostics) { diagnostics.collect { "${it.summary()}${it.detail() ? '; ' + it.detail() : ''}".toString() } }

    def 'a file of the inventory is sent from where it lies'() {
        given:
        def file = beside('files/gw')

        expect:
        lookup().find([artifact('files/gw')], true) == []
        store.of(artifact('files/gw')).get() == file
        fetched == []
    }

    def 'refused at its declaration: #what'() {
        given:
        Files.createDirectories(folder.resolve('inventory'))
        Files.writeString(folder.resolve('outside'), CONTENT)
        if (there) beside('gw', there)
        if (what == 'a link that leads out') Files.createSymbolicLink(folder.resolve('inventory/gw'), folder.resolve('outside'))

        when:
        def wrong = lookup().find([artifact('gw')], true)

        then:
        wrong*.at() == [new Place('net.groovy', 3, 5)]
        said(wrong)[0].replace("$folder", 'F') == told
        store.of(artifact('gw')).empty

        where:
        what                    | there           || told
        'another content'       | 'another'       || "'gw' is not what sha256: says; its SHA-256 is ${MessageDigest.getInstance('SHA-256').digest('another'.bytes).encodeHex()}, not $SHA256; nothing was changed".toString()
        'no such file'          | null            || "no file 'gw' beside the inventory; looked for: F/inventory/gw"
        'a link that leads out' | null            || "'gw' leads out of the folder of the inventory"
    }

    def 'a URL is fetched once, and kept; a plan fetches nothing'() {
        given:
        def wanted = artifact('https://dl.example/gw')

        expect:
        lookup().find([wanted], false) == []
        store.of(wanted).empty
        fetched == []

        when:
        def wrong = lookup().find([wanted], true)

        then:
        wrong == []
        store.of(wanted).get() == folder.resolve("cache/files/$SHA256")

        when: 'another run, which finds it there'
        store = new FileStore()
        wrong = lookup().find([wanted], true)

        then:
        wrong == []
        Files.readString(store.of(wanted).get()) == CONTENT
        fetched == ['https://dl.example/gw']

        and: 'in folders of the user alone, as the cache of compiled inventories beside it needs'
        ['cache', 'cache/files'].every { PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(it))) == 'rwx------' }
    }

    def 'what was fetched and is not what was meant is not kept: #what'() {
        when:
        def wrong = lookup(fetch, what == 'nowhere to keep it' ? null : folder.resolve('cache')).find([artifact('https://dl.example/gw')], true)

        then:
        said(wrong)[0].startsWith(told)
        store.of(artifact('https://dl.example/gw')).empty
        !Files.exists(folder.resolve('cache/files')) || Files.list(folder.resolve('cache/files')).withCloseable { it.count() } == 0

        where:
        what                 | fetch                                                          || told
        'another content'    | { u, f -> Files.writeString(f, 'a page that says: log in') }   || "'https://dl.example/gw' is not what sha256: says; its SHA-256 is"
        'a failure'          | { u, f -> throw new IOException('the server answers with status 404') } || "'https://dl.example/gw' cannot be had: the server answers with status 404"
        'nowhere to keep it' | { u, f -> Files.writeString(f, CONTENT) }                      || "'https://dl.example/gw' cannot be had: there is no folder to keep it in"
    }

    def 'a server is asked: #status'() {
        given: 'by HTTP, which the language does not allow, since no certificate is at hand'
        def server = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)
        server.createContext('/moved') { it.responseHeaders.add('Location', '/gw'); it.sendResponseHeaders(302, -1); it.close() }
        server.createContext('/gw') { it.sendResponseHeaders(status, 0); it.responseBody.withCloseable { out -> out.write(CONTENT.bytes) } }
        server.start()
        def file = folder.resolve('got')

        when:
        String why = ''
        try {
            new Download([:]).into("http://127.0.0.1:${server.address.port}/moved", file)
        } catch (IOException e) {
            why = e.message
        }

        then:
        why == (status == 200 ? '' : "the server answers with status $status")
        status != 200 || Files.readString(file) == CONTENT

        cleanup:
        server.stop(0)

        where:
        status << [200, 404]
    }
}
