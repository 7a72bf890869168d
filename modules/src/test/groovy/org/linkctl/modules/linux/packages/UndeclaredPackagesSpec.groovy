package org.linkctl.modules.linux.packages

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Inventories
import org.linkctl.modules.Modules
import org.linkctl.spi.Memory
import org.linkctl.spi.Owned
import org.linkctl.spi.Published
import org.linkctl.spi.Scope
import spock.lang.Specification
import spock.lang.TempDir

/** A package that is no longer declared, and that linkctl itself needs for something else. */
class UndeclaredPackagesSpec extends Specification {
    @TempDir
    Path folder

    private static final String TUNNEL = '''
        tunnel('wg0', keepalive: 25) {
            end('gw', port: 5000, address: '10.255.0.1/30', endpoint: '192.0.2.1')
            end('far', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
        }'''

    def "#name on #os, with #what: taken away #goes"() {
        given:
        def file = Files.writeString(folder.resolve('inventory.groovy'), """fabric('x') { site('a') {
            host('gw', os: $os, ssh: 'gw')
            host('far', os: LINUX, ssh: 'far')
        }
        $rest }""")
        def fabric = Inventories.load(file.toFile())
        def module = Modules.all().find { it.name() == "${os.toLowerCase()}.packages-undeclared".toString() }
        def scope = new Scope(fabric, fabric.host('gw').get(), Published.NOTHING)

        expect:
        module.absent(scope, new Owned("${module.name()}[$name]".toString(), Memory.OWNED)).present == goes

        where:
        os        | name              | rest   || goes
        'LINUX'   | 'lldpd'           | TUNNEL || true
        'LINUX'   | 'wireguard-tools' | TUNNEL || false
        'LINUX'   | 'wireguard-tools' | ''     || true
        'LINUX'   | 'iputils'         | TUNNEL || false
        'FREEBSD' | 'wireguard-tools' | TUNNEL || false
        'FREEBSD' | 'wireguard-tools' | ''     || true
        what = rest ? 'a tunnel' : 'nothing'
    }
}
