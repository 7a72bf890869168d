package org.linkctl.modules.linux.vrrp

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Case
import org.linkctl.modules.Inventories
import org.linkctl.spi.Published
import org.linkctl.spi.Role
import org.linkctl.spi.Scope
import spock.lang.Specification
import spock.lang.TempDir

/** By what the two hosts tell, the engine changes the one that stands by first, and has the master switch on purpose. */
class VrrpRoleSpec extends Specification {
    @TempDir
    Path folder

    private VrrpModule.Want want(String here, String there, Closure<String> inventory = { it }) {
        def file = folder.resolve('inventory.groovy')
        Files.writeString(file, inventory(new File(Case.folder(), 'linux.vrrp/inventory.groovy').text))
        def fabric = Inventories.load(file.toFile())
        def told = [lb1: here, lb2: there].collectEntries { host, state -> [host, Published.Values.of('vrrp.eth1.10', state)] }
        new VrrpModule().want(new Scope(fabric, fabric.host('lb1').get(), new Published(told))).first()
    }

    def 'a host is #role where it told #here and the other one #there'() {
        expect:
        want(here, there).hostRole() == Optional.ofNullable(role)
        want(here, there).spreads() == ['host:lb1'] as Set

        where:
        here     | there     || role
        'MASTER' | 'BACKUP'  || new Role(true, true)
        'BACKUP' | 'MASTER'  || new Role(false, true)
        'MASTER' | 'STOPPED' || null
        'MASTER' | 'MASTER'  || null
        'BACKUP' | 'BACKUP'  || null
        'PART'   | 'BACKUP'  || null
    }

    def 'without stateSync connections would be lost: the master does not switch for a change'() {
        expect:
        want('MASTER', 'BACKUP', { it.replaceAll(/(?m)^ *stateSync.*\n/, '') }).hostRole().get() == new Role(true, false)
    }
}
