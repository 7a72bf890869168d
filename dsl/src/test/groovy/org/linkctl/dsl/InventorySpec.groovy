package org.linkctl.dsl

import java.nio.file.Path
import spock.lang.Specification

class InventorySpec extends Specification {
    def 'the shipped inventory #name loads'() {
        when:
        def loaded = Inventory.load(Path.of('../inventories', name))

        then:
        loaded.render() == ''
        loaded.fabric().tunnels().size() == tunnels

        where:
        name                   || tunnels
        'ecmp.groovy'          || 2
        'ecmp-planned.groovy'  || 3
    }
}
