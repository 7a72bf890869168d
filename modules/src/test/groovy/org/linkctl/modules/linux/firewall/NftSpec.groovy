package org.linkctl.modules.linux.firewall

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.model.Fabric
import org.linkctl.model.Firewall
import org.linkctl.modules.Case
import org.linkctl.modules.Golden
import org.linkctl.modules.Inventories
import org.linkctl.spi.Published
import org.linkctl.spi.Refused
import org.linkctl.spi.Scope
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/**
 * The text that nft(8) is given, NAME.nft for each inventory of the folder, and that the real nft takes it, and the same
 * of every case, in a network namespace.
 */
class NftSpec extends Specification {
    static final File FOLDER = new File(System.getProperty('basedir', '.'), 'src/test/resources/nft')
    // Lazy: who only looks which tests there are does so in another folder.
    @Lazy static List<File> INVENTORIES = FOLDER.listFiles().findAll { it.name.endsWith('.groovy') }.sort()
    @Lazy static List<File> CASES = new File(Case.folder(), 'linux.firewall').listFiles().toList().collectMany { dir ->
        dir.name == 'inventory.groovy' ? [dir] : [new File(dir, 'inventory.groovy')].findAll { it.exists() }
    }.findAll { texts(it) }.sort()

    @TempDir
    Path folder

    static boolean possible() {
        def missing = Namespace.missing()
        if (missing) println "NftSpec: no nft was run: $missing"
        missing == null
    }

    static List<String> texts(File inventory) {
        Fabric fabric = Inventories.load(inventory)
        fabric.hosts().collectMany { host ->
            fabric.one(Firewall.class, host).map { firewall ->
                def whole = NftTable.text(fabric, host, firewall)
                firewall.ruleset() == Firewall.Ruleset.MAIN ? [whole, NftTable.fallback(fabric, host, firewall)] : [whole]
            }.orElse([])
        }
    }

    def "#inventory.name: the whole text"() {
        expect:
        Golden.matches(new File(FOLDER, inventory.name.replace('.groovy', '.nft')), texts(inventory).join('\n'))

        where:
        inventory << INVENTORIES
    }

    @Requires({ NftSpec.possible() })
    def "#inventory: nft takes it, twice in a row, and leaves what others have as it is"() {
        given:
        def namespace = new Namespace()
        namespace.run('''nft add table inet other; nft add chain inet other input '{ type filter hook input priority 0; policy accept; }'
            nft add table ip linkctl; nft add table inet linkctl_mss; nft list ruleset >''' + folder.resolve('before'))

        expect:
        texts(inventory).every { text ->
            Files.writeString(folder.resolve('text'), text)
            namespace.run("nft -c -f $folder/text; nft -f $folder/text; nft -s list table inet linkctl >$folder/once; nft -c -f $folder/text; nft -f $folder/text; nft -s list table inet linkctl >$folder/twice")
            folder.resolve('once').toFile().text == folder.resolve('twice').toFile().text
        }
        namespace.run("nft delete table inet linkctl; nft list ruleset | cmp - $folder/before") == ''

        cleanup:
        namespace.close()

        where:
        inventory << INVENTORIES + CASES
    }

    def "what could not be read back is refused: #addresses addresses"() {
        given:
        def inventory = Files.writeString(folder.resolve('many.groovy'), """
            fabric('many') {
                site('a') {
                    host('gw', os: LINUX, ssh: 'root@192.0.2.2') {
                        nic('eth0', address: '198.51.100.2/24')
                        List many = []
                        for (int i = 0; i < $addresses; i++) { many.add("10.\${i / 128 as int}.\${100 + i % 128}.128/25".toString()) }
                        firewall { table('many', addresses: many); allow(inbound: 'eth0', from: '<many>') }
                    }
                }
            }""")
        def fabric = Inventories.load(inventory.toFile())
        def scope = new Scope(fabric, fabric.hosts().first(), Published.NOTHING)

        when:
        String said = null
        try {
            new FirewallModule().want(scope)
        } catch (Refused e) {
            said = e.message
        }

        then:
        (said != null) == refused
        !refused || said.contains('about 30000 IPv4 prefixes')

        where:
        addresses || refused
        27_000    || false
        32_000    || true
    }
}
