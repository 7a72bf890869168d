package org.linkctl.modules.linux.firezone

import org.linkctl.diag.Place
import org.linkctl.model.FirezoneGateway
import org.linkctl.model.Grants
import org.linkctl.modules.Inventories
import org.linkctl.shell.Fingerprints
import org.linkctl.shell.Secret
import org.linkctl.spi.Change
import org.linkctl.spi.Published
import org.linkctl.spi.Refused
import org.linkctl.spi.Resource
import org.linkctl.spi.Scope
import org.linkctl.spi.Secrets
import spock.lang.Specification

/** What is wanted of a gateway: by its site, its token, its name. */
class FirezoneSpec extends Specification {
    private static String id(String fabric, String host) {
        new FirezoneGateway(host, null, '', '', '', 1, new Place('net.groovy', 1, 1)).id(fabric)
    }

    private static FirezoneWant want(String host, String token) {
        def fabric = Inventories.load(GatewayScriptSpec.INVENTORY)
        def secrets = new Secrets(['firezone/token', 'firezone/b'].collectEntries { [(it): new Secret(token)] }, new Fingerprints(new byte[32]))
        new FirezoneModule().want(new Scope(fabric, fabric.host(host).orElseThrow(), Published.NOTHING, [] as Set, secrets)).first()
    }

    def 'white space around a token is no part of it'() {
        expect:
        want('gw1', '  SFMyNTY.a-token\n').declared().token() == new Secret('SFMyNTY.a-token')
    }

    def 'what is no token is refused, and not shown: #token'() {
        when:
        want('gw1', token)

        then:
        Refused e = thrown()
        e.message.contains("what secret('firezone/token') says is not right there; right would be a token as Firezone's portal shows it: one word")
        !token.strip() || !e.message.contains(token)

        where:
        token << ['two words', 'short', '', 'with\na line', 'umlaut-ü-in-it']
    }

    def 'of several gateways of a site one is changed after the other; the only one of a site cuts its clients off'() {
        expect:
        want('gw1', 'SFMyNTY.a-token').way().get() == Resource.member('firezone', 'gw1')
        want('alone', 'SFMyNTY.a-token').way().empty
        [FirezoneDiff.cut(want('gw1', 'SFMyNTY.a-token'), Change.state('x', 'a', 'b')), FirezoneDiff.cut(want('alone', 'SFMyNTY.a-token'), Change.state('x', 'a', 'b'))]*.traffic() ==
            [Change.Traffic.MOVES, Change.Traffic.CUTS]
    }

    def 'a firewall of the host lets clients reach the LANs of the site by itself'() {
        given:
        def fabric = Inventories.load(GatewayScriptSpec.INVENTORY)

        expect:
        Grants.through(fabric, fabric.host('gw1').get()).collect { [it.device(), it.from()*.toString(), it.to()*.toString(), it.why()] } ==
            [['tun-firezone', ['100.64.0.0/11'], ['10.92.0.0/16'], 'firezoneGateway']]
        Grants.through(fabric, fabric.host('plain').get()) == []
    }

    def 'a host is known by its name, not by its machine-id; on every run by the same'() {
        expect:
        id('net', 'gw1') == id('net', 'gw1')
        [id('net', 'gw1'), id('net', 'gw2'), id('net2', 'gw1'), id('netgw', '1')].toSet().size() == 4
        UUID.fromString(id('net', 'gw1')).with { [version(), variant()] } == [8, 2]
    }
}
