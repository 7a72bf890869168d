package org.linkctl.modules.frr

import org.linkctl.modules.Inventories
import org.linkctl.modules.linux.bgp.BgpOnLinux
import org.linkctl.spi.Published
import org.linkctl.spi.Refused
import org.linkctl.spi.Scope
import org.linkctl.spi.Secrets
import spock.lang.Specification

/** What is said of a whole instance of BGP in which others have neighbours. */
class BgpTargetSpec extends Specification {
    static final String UNTRACKED = 'no bgp network import-check'
    static final String NETWORK = 'address-family ipv4 unicast\nnetwork 203.0.113.0/24\nexit-address-family'
    static final String THEIRS = "neighbor 10.1.0.99 remote-as 65010\n$NETWORK"
    static final String OURS = 'neighbor 10.255.1.2 remote-as 4200000002\nneighbor 10.255.1.2 description linkctl wg1 to far'

    private static String text(boolean tracked) {
        def text = new File(System.getProperty('basedir', '.'), 'src/test/resources/frr/four-tunnels.groovy').text
        tracked ? text : text.replace("announce: ['10.1.0.0/16', 'fd00:1::/64']", "announce: ['10.1.128.0/17']")
    }

    private static BgpTarget target(boolean tracked, String running, String file, String version = '8.4.4') {
        def inventory = File.createTempFile('four', '.groovy')
        inventory.deleteOnExit()
        inventory.text = text(tracked)
        def fabric = Inventories.load(inventory)
        def scope = new Scope(fabric, fabric.host('near').get(), Published.NOTHING, [] as Set, Secrets.NONE)
        def lines = FrrConfig.lines(running == null ? '' : "frr version $version\nrouter bgp 65001\n$running\nexit\n")
        BgpTarget.of(new BgpOnLinux().want(scope).first() as BgpWant,
            new BgpFacts(null, new FrrFile(file == null ? '' : "router bgp 65001\n$file\nexit\n"), [], ['zebra'] as Set, lines))
    }

    def 'it is refused to announce what has no route where that would announce the networks of others, too: #running, #file'() {
        when:
        target(false, running, file)

        then:
        def e = thrown(Refused)
        e.message.contains(UNTRACKED) && e.message.contains("'router bgp 65001'")

        where:
        running             | file
        THEIRS              | null
        THEIRS              | THEIRS
        null                | THEIRS
        "$OURS\n$THEIRS"    | null
        'neighbor uplinks peer-group' | null
    }

    def 'where others have neighbours nothing is said that ends their sessions, or that they have said: #running'() {
        given:
        def said = target(true, running, file).deltas()*.want().flatten()*.text()

        expect:
        said.any { it.startsWith('bgp router-id ') } == whole
        said.any { it.startsWith('bgp graceful-restart') } == whole
        said.contains('bgp bestpath as-path multipath-relax')
        said.count('maximum-paths 32') == paths

        where:
        running                                                                           | file    || whole | paths
        null                                                                              | null    || true  | 2
        OURS                                                                              | null    || true  | 2
        THEIRS                                                                            | THEIRS  || false | 2
        THEIRS                                                                            | null    || false | 2
        null                                                                              | THEIRS  || false | 2
        "$THEIRS\naddress-family ipv4 unicast\nmaximum-paths 1\nexit-address-family"      | THEIRS  || false | 1
    }

    def 'FRR #version is told what it knows of restarts'() {
        given:
        def target = target(true, OURS, null, version)

        expect:
        target.deltas()*.want().flatten()*.text().contains('no bgp graceful-restart notification') == said
        target.text().contains('no bgp graceful-restart notification') == said

        where:
        version        || said
        '8.1'          || false
        '7.5.1'        || false
        '8.2.2'        || false
        '8.3'          || true
        '8.4.4'        || true
        '10.0_git'     || true
    }

    def 'it is not where nobody else has neighbours, they say it themselves, or each prefix is that of an interface'() {
        expect:
        target(tracked, running, file).deltas()*.want().flatten()*.text().contains(UNTRACKED) == said

        where:
        tracked | running                | file                   || said
        false   | null                   | null                   || true
        false   | NETWORK                | null                   || true
        false   | OURS                   | null                   || true
        false   | "$UNTRACKED\n$THEIRS"  | "$UNTRACKED\n$THEIRS"  || false
        true    | THEIRS                 | THEIRS                 || false
    }
}
