package org.linkctl.cli.files

import com.sun.net.httpserver.HttpServer
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** How a URL is fetched, by HTTP, which the language does not allow, since no certificate is at hand. */
@Timeout(60)
class DownloadSpec extends Specification {
    @TempDir Path folder
    def servers = []
    def ended = new CountDownLatch(1)

    def cleanup() {
        ended.countDown()
        servers*.stop(0)
    }

    /** The port of a server that answers everything, or every request to a proxy, by writing. */
    private int server(Closure answer) {
        def server = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)
        server.executor = Executors.newVirtualThreadPerTaskExecutor()
        server.createContext('/') { it.sendResponseHeaders(200, 0); it.responseBody.withCloseable(answer) }
        server.start()
        servers << server
        server.address.port
    }

    /** What is fetched, or why it is not. */
    private String fetched(String url, Map<String, String> environment, Duration answer = Duration.ofMinutes(1), Duration whole = Duration.ofMinutes(1)) {
        def file = folder.resolve('got')
        try {
            new Download(environment, answer, whole).into(url, file)
            return Files.readString(file)
        } catch (IOException e) {
            return e.message
        }
    }

    def 'it ends where the server does not: #what'() {
        given:
        int port = server { OutputStream out -> out.write('a part'.bytes); out.flush(); if (waits) ended.await() }

        expect:
        fetched("http://127.0.0.1:$port/gw", [:], answer, whole) == told

        where:
        what                    | waits | answer                | whole                 || told
        'nothing comes'         | true  | Duration.ofSeconds(1) | Duration.ofMinutes(1) || 'the server has sent nothing for 1 seconds'
        'it takes too long'     | false | Duration.ofMinutes(1) | Duration.ZERO         || 'it has not ended after 0 seconds'
        'in time'               | false | Duration.ofMinutes(1) | Duration.ofMinutes(1) || 'a part'
    }

    def 'over a proxy, or not: #environment'() {
        given:
        int there = server { it.write('direct'.bytes) }
        int proxy = server { it.write('proxy'.bytes) }
        def named = environment.collectEntries { name, value -> [name, value.replace('PROXY', "127.0.0.1:$proxy").replace('THERE', "$there")] }

        expect:
        fetched("http://127.0.0.1:$there/gw", named) == told

        where:
        environment                                                        || told
        [:]                                                                || 'direct'
        [HTTPS_PROXY: 'http://PROXY']                                      || 'proxy'
        [HTTPS_PROXY: 'PROXY/']                                            || 'proxy'
        [HTTPS_PROXY: 'no proxy', https_proxy: 'http://PROXY']             || 'proxy'
        [HTTPS_PROXY: 'http://PROXY', https_proxy: '']                     || 'direct'
        [HTTPS_PROXY: 'http://PROXY', NO_PROXY: 'a.example, 127.0.0.1']    || 'direct'
        [HTTPS_PROXY: 'http://PROXY', no_proxy: '127.0.0.1:THERE']         || 'direct'
        [HTTPS_PROXY: 'http://PROXY', NO_PROXY: '127.0.0.1:1,a.example']   || 'proxy'
        [HTTPS_PROXY: 'http://PROXY', NO_PROXY: '*']                       || 'direct'
        [HTTPS_PROXY: 'http://user:word@PROXY']                            || 'HTTPS_PROXY holds a user, and linkctl cannot log in to a proxy'
        [HTTPS_PROXY: 'socks5://PROXY']                                    || 'HTTPS_PROXY names a proxy of another kind than http://, which linkctl cannot use'
        [HTTPS_PROXY: 'a proxy']                                           || 'HTTPS_PROXY is not the address of a proxy, such as http://proxy.example:3128'
        [HTTPS_PROXY: 'http://proxy.example:99999']                        || 'HTTPS_PROXY is not the address of a proxy, such as http://proxy.example:3128'
    }

    def 'NO_PROXY #names of #url: #direct'() {
        given:
        def selector = HttpsProxy.of(HTTPS_PROXY: 'proxy.example', NO_PROXY: names).get()

        expect:
        selector.select(URI.create(url))*.address() == [direct ? null : InetSocketAddress.createUnresolved('proxy.example', 80)]

        where:
        names              | url                         || direct
        'example'          | 'https://dl.example/gw'     || true
        '.example'         | 'https://DL.example/gw'     || true
        '*.example'        | 'https://dl.example/gw'     || true
        'dl.example:443'   | 'https://dl.example/gw'     || true
        'dl.example:8443'  | 'https://dl.example/gw'     || false
        'l.example'        | 'https://dl.example/gw'     || false
        ''                 | 'https://dl.example/gw'     || false
        '2001:db8::1'      | 'https://[2001:db8::1]/gw'  || true
        '[2001:db8::1]:443' | 'https://[2001:db8::1]/gw' || true
        '2001:db8::2'      | 'https://[2001:db8::1]/gw'  || false
    }
}
