package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Specs of the command with hosts in memory: `ECMP` as it is shipped, or an inventory of two hosts. */
abstract class InventorySpecification extends Specification {
    static final String ECMP = '../inventories/ecmp.groovy'

    @TempDir
    Path folder

    def toy = new Toy()

    Path inventory(String text) {
        Files.writeString(folder.resolve('net.groovy'), text)
    }

    String twoHosts() {
        inventory('''
            fabric('toy') {
                site('a', lan: '10.1.0.0/24') {
                    host('one', os: LINUX, ssh: 'admin@192.0.2.1')
                    host('two', os: LINUX, ssh: 'admin@192.0.2.2')
                }
            }
            '''.stripIndent()).toString()
    }
}
