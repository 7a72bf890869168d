package org.linkctl.modules.freebsd.pfrules

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Modules
import org.linkctl.check.GrantNotes
import org.linkctl.dsl.Inventory
import org.linkctl.model.Fabric
import spock.lang.Specification
import spock.lang.TempDir

/** The ports that a firewall opens for tunnels: where a far end may be the first to send. */
class GrantsSpec extends Specification {
    @TempDir
    Path folder

    /** b-gw has no endpoint and calls; the third tunnel calls the other way. */
    Fabric fabric(String keepalive, String ruleset) {
        def loaded = Inventory.load(Files.writeString(folder.resolve('lab.groovy'), """
            fabric('lab') {
                site('a', lan: '10.1.0.0/24') { host('a-gw', os: FREEBSD, ssh: 'root@192.0.2.1') { nic('em0', address: '192.0.2.1/24'); ${firewall(ruleset)} } }
                site('b', lan: '10.2.0.0/24') { host('b-gw', os: FREEBSD, ssh: 'root@192.0.2.2') { nic('em0', address: '192.0.2.2/24'); ${firewall(ruleset)} } }
                tunnel('wg0'$keepalive) { end('a-gw', port: 5000, address: '10.255.0.1/30', endpoint: '192.0.2.1'); end('b-gw', port: 6000, address: '10.255.0.2/30') }
                tunnel('wg1'$keepalive) { end('a-gw', port: 5001, address: '10.255.1.1/30', endpoint: '192.0.2.1'); end('b-gw', port: 6001, address: '10.255.1.2/30') }
                tunnel('wg2'$keepalive) { end('a-gw', port: 5002, address: '10.255.2.1/30'); end('b-gw', port: 6002, address: '10.255.2.2/30', endpoint: '192.0.2.2') }
                tunnel('wg3'$keepalive) { end('a-gw', port: 5003, address: '10.255.3.1/30', endpoint: '192.0.2.1'); end('b-gw', port: 6003, address: '10.255.3.2/30', endpoint: '192.0.2.2') }
            }"""), Modules.limits())
        assert loaded.diagnostics().findAll { it.severity().name() == 'ERROR' } == []
        loaded.fabric()
    }

    private static String firewall(String ruleset) {
        "firewall(ruleset: $ruleset) { allow(inbound: 'em0', proto: TCP, port: 22) }"
    }

    private static List<String> ports(Fabric fabric, String host, String direction) {
        def text = fabric.ruleset(fabric.host(host).get()).name() == 'MAIN' ? PfRules.text(fabric, fabric.host(host).get()) : PfRules.anchored(fabric, fabric.host(host).get())
        text.readLines().findAll { it.startsWith("pass $direction") && it.contains('proto udp') && it.contains('# tunnel') }.collect { (it =~ /port ([0-9:]+)/)[0][1] as String }
    }

    def "an end that only calls has a closed port as long as keepalives keep its state: #ruleset, #keepalive"() {
        given:
        def fabric = fabric(keepalive, ruleset)

        expect:
        ports(fabric, 'a-gw', 'in') == a
        ports(fabric, 'b-gw', 'in') == b

        and: 'the note says just that'
        def note = GrantNotes.of(fabric)*.detail().join('\n') // without its place, which holds any digits
        note.contains('6000') == b.any { it.contains('6000') }

        and: 'what it sends is let out among the rules of others, always'
        ruleset == 'MAIN' || ports(fabric, 'b-gw', 'out').any { it.startsWith('6000') }

        where:
        ruleset  | keepalive         || a                     | b
        'MAIN'   | ', keepalive: 25' || ['5000:5001', '5003'] | ['6002:6003']
        'MAIN'   | ', keepalive: 29' || ['5000:5001', '5003'] | ['6002:6003']
        'MAIN'   | ', keepalive: 30' || ['5000:5003']         | ['6000:6003']
        'MAIN'   | ''                || ['5000:5003']         | ['6000:6003']
        'ANCHOR' | ', keepalive: 25' || ['5000:5001', '5003'] | ['6002:6003']
        'ANCHOR' | ''                || ['5000:5003']         | ['6000:6003']
    }
}
