package org.linkctl.modules.freebsd

import static java.lang.ProcessBuilder.Redirect.DISCARD

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.model.Fabric
import org.linkctl.modules.Golden
import org.linkctl.modules.Inventories
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/**
 * The text that pf is given for the shipped inventory and its variations, and what FreeBSD's own pfctl makes of it:
 * NAME.conf is the text, NAME.rules what pfctl -nv prints. A pfctl is run where -Dlinkctl.pfctl=PATH names one.
 */
class PfctlSpec extends Specification {
    static final String PFCTL = System.getProperty('linkctl.pfctl')
    static final File FOLDER = new File(System.getProperty('basedir', '.'), 'src/test/resources/pf')
    static final File SHIPPED = new File(System.getProperty('basedir', '.'), '../inventories/freebsd-lb.groovy')
    static final List<File> ALL = [SHIPPED] + FOLDER.listFiles().findAll { it.name.endsWith('.groovy') }.sort()

    @TempDir
    Path folder

    def setupSpec() {
        if (!PFCTL) println 'PfctlSpec: no pfctl was run: -Dlinkctl.pfctl=PATH names one'
    }

    static String text(File inventory) {
        Fabric fabric = Inventories.load(inventory)
        PfRules.text(fabric, fabric.hosts().first())
    }

    static File golden(File inventory, String ending) {
        new File(FOLDER, inventory.name.replace('.groovy', ending))
    }

    def "#inventory.name: the whole text"() {
        expect:
        Golden.matches(golden(inventory, '.conf'), text(inventory))

        where:
        inventory << ALL
    }

    @Requires({ PfctlSpec.PFCTL })
    def "#inventory.name: pfctl takes it, and prints the rules that are meant"() {
        given:
        Path file = folder.resolve('pf.conf')
        Files.writeString(file, text(inventory))

        when:
        // 15.1 remarks on its error stream that a table is not looked at for duplicates; that is no error.
        def process = new ProcessBuilder(PFCTL, '-nv', '-f', file.toString()).redirectError(DISCARD).start()
        String printed = process.inputStream.text

        then:
        process.waitFor() == 0
        Golden.matches(golden(inventory, '.rules'), printed)

        where:
        inventory << ALL
    }

    @Requires({ PfctlSpec.PFCTL })
    def "#inventory.name: pfctl takes what is loaded where it cannot be"() {
        given:
        Fabric fabric = Inventories.load(inventory)
        Path file = folder.resolve('pf.conf')
        Files.writeString(file, PfRules.fallback(fabric, fabric.hosts().first()))

        expect:
        new ProcessBuilder(PFCTL, '-n', '-f', file.toString()).redirectError(DISCARD).start().waitFor() == 0

        where:
        inventory << ALL
    }

    def "#inventory.name: what pfctl prints is read as rules, all of it"() {
        when:
        def lines = golden(inventory, '.rules').readLines()
        def normal = PfLoaded.normal(golden(inventory, '.rules').text)

        then:
        normal.rules() + normal.translation() as Set == lines.findAll { !(it ==~ /(set|table) .*/) } as Set

        where:
        inventory << ALL
    }
}
