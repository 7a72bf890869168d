package org.linkctl.modules.freebsd.pfrules

import org.linkctl.modules.freebsd.pfanchor.PfAnchorModule
import org.linkctl.modules.freebsd.pfload.PfLoaded
import org.linkctl.modules.freebsd.watch.WatchScript
import static java.lang.ProcessBuilder.Redirect.DISCARD

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.model.Fabric
import org.linkctl.model.Firewall
import org.linkctl.modules.Golden
import org.linkctl.modules.Inventories
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/**
 * The text that pf is given for the shipped inventory and its variations, and what FreeBSD's own pfctl makes of it:
 * NAME.conf is the text, NAME.rules what pfctl -nv prints; NAME.dead is how the watcher sets the tables of next hops while
 * the first of all is dead. A pfctl is run where -Dlinkctl.pfctl=PATH names one.
 */
class PfctlSpec extends Specification {
    static final String PFCTL = System.getProperty('linkctl.pfctl')
    static final File FOLDER = new File(System.getProperty('basedir', '.'), 'src/test/resources/pf')
    static final File SHIPPED = new File(System.getProperty('basedir', '.'), '../inventories/freebsd-lb.groovy')
    static final File PUBLISHING = new File(SHIPPED.parentFile, 'ha-web-freebsd.groovy')
    // Lazy: who only looks which tests there are does so in another folder.
    @Lazy static List<File> ALL = [SHIPPED, PUBLISHING] + FOLDER.listFiles().findAll { it.name.endsWith('.groovy') }.sort()
    @Lazy static List<File> MAIN = ALL.findAll { ruleset(it) == Firewall.Ruleset.MAIN }
    @Lazy static List<File> WATCHED = ALL.findAll { WatchScript.hops(pools(it)).size() > 1 }

    @TempDir
    Path folder

    def setupSpec() {
        if (!PFCTL) println 'PfctlSpec: no pfctl was run: -Dlinkctl.pfctl=PATH names one'
    }

    static Firewall.Ruleset ruleset(File inventory) {
        Fabric fabric = Inventories.load(inventory)
        fabric.ruleset(fabric.hosts().first())
    }

    static List<PfPool> pools(File inventory) {
        Fabric fabric = Inventories.load(inventory)
        PfPool.of(fabric, fabric.hosts().first())
    }

    static List<String> place(File inventory) {
        Fabric fabric = Inventories.load(inventory)
        PfPublish.place(fabric, fabric.hosts().first())
    }

    static String text(File inventory) {
        Fabric fabric = Inventories.load(inventory)
        def host = fabric.hosts().first()
        ruleset(inventory) == Firewall.Ruleset.MAIN ? PfRules.text(fabric, host) : PfRules.anchored(fabric, host)
    }

    /** What its script asks pfctl for, where nothing is in the tables. */
    String dead(File inventory) {
        def pools = pools(inventory)
        Files.createDirectories(folder.resolve('dead'))
        Files.createFile(folder.resolve('dead').resolve(WatchScript.hops(pools).first().text()))
        Files.createFile(folder.resolve('calls'))
        Path pfctl = folder.resolve('pfctl')
        Files.writeString(pfctl, "#!/bin/sh\ncase \$* in *show) ;; *'-f -') echo \"\$*\" \$(cat) >>$folder/calls ;; *) echo \"\$*\" >>$folder/calls ;; esac\n".toString())
        Files.setPosixFilePermissions(pfctl, PosixFilePermissions.fromString('rwxr-xr-x'))
        Path script = folder.resolve('watch')
        Files.writeString(script, WatchScript.script(pools, place(inventory))
            .replace('PATH=/sbin:', "PATH=$folder:/sbin:".toString()).replace('/var/run/linkctl', folder.toString()))
        assert ['sh', script.toString(), 'load'].execute().waitFor() == 0
        Files.readString(folder.resolve('calls'))
    }

    static File golden(File inventory, String ending) {
        new File(FOLDER, inventory.name.replace('.groovy', ending))
    }

    /** What it prints; fails where it does not take the text. */
    String pfctl(String text, List<String> options) {
        Path file = folder.resolve('pf.conf')
        Files.writeString(file, text)
        // 15.1 remarks on its error stream that a table is not looked at for duplicates; that is no error.
        def process = new ProcessBuilder([PFCTL] + options + ['-nv', '-f', file.toString()]).redirectError(DISCARD).start()
        String printed = process.inputStream.text
        assert process.waitFor() == 0
        // 15.1 has a name for it, 13.2 has none; both have a number.
        printed.replace('icmp6-type listenrepv2', 'icmp6-type 143')
    }

    static List<String> options(File inventory) {
        ruleset(inventory) == Firewall.Ruleset.MAIN ? [] : ['-o', 'none', '-a', PfAnchorModule.NAME]
    }

    def "#inventory.name: the whole text"() {
        expect:
        Golden.matches(golden(inventory, '.conf'), text(inventory))

        where:
        inventory << ALL
    }

    def "#inventory.name: how the tables are set while a next hop is dead"() {
        expect:
        Golden.matches(golden(inventory, '.dead'), dead(inventory))

        where:
        inventory << WATCHED
    }

    @Requires({ PfctlSpec.PFCTL })
    def "#inventory.name: pfctl takes it, and prints the rules that are meant"() {
        expect:
        Golden.matches(golden(inventory, '.rules'), pfctl(text(inventory), options(inventory)))

        where:
        inventory << ALL
    }

    @Requires({ PfctlSpec.PFCTL })
    def "#inventory.name: pfctl takes what is loaded where it cannot be"() {
        given:
        Fabric fabric = Inventories.load(inventory)

        expect:
        pfctl(PfRules.fallback(fabric, fabric.hosts().first()), [])

        where:
        inventory << MAIN
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
