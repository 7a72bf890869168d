package org.linkctl.modules.linux.firewall

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** The program that loads the rules at boot and when they change, run with the real nft in a network namespace. */
@Requires({ LoadSpec.possible() })
class LoadSpec extends Specification {
    static final String TABLE = 'table inet linkctl\ndelete table inet linkctl\ntable inet linkctl {\n\tchain one {\n\t\ttcp dport 80 accept\n\t}\n}\n'

    @TempDir
    Path folder

    Namespace namespace

    static boolean possible() {
        def missing = Namespace.missing()
        if (missing) println "LoadSpec: no rules were loaded: $missing"
        missing == null
    }

    def setup() {
        namespace = new Namespace()
        Files.writeString(folder.resolve('firewall-fallback.nft'), TABLE.replace('one', 'fallback'))
    }

    def cleanup() {
        namespace.close()
    }

    /** What is loaded then, and whether the program said that all went well. */
    private String load(String text, boolean fallback = true) {
        Files.writeString(folder.resolve('firewall.nft'), text)
        def program = Files.writeString(folder.resolve('load'), FirewallLoading.program(fallback, null).replace('/run/linkctl', "$folder/run").replace('/etc/linkctl/nftables', "$folder"))
        namespace.run("sh $program >/dev/null 2>&1 && echo done || echo failed; nft list tables inet; nft -s list ruleset | sed -n 's/^.chain //p'").replaceAll(/\s+/, ' ').strip()
    }

    private String run(String name) { folder.resolve("run/$name").toFile().text }

    def 'what was loaded is noted, and what nft showed of it'() {
        expect:
        load(TABLE) == 'done table inet linkctl one {'
        run('firewall.source') == TABLE
        run('firewall.rules') == namespace.run('nft -s list table inet linkctl')

        and: 'a change by hand is seen'
        namespace.run('nft add rule inet linkctl one tcp dport 81 accept') == ''
        run('firewall.rules') != namespace.run('nft -s list table inet linkctl')

        and: 'and undone by the next load'
        load(TABLE) == 'done table inet linkctl one {'
        run('firewall.rules') == namespace.run('nft -s list table inet linkctl')
    }

    def 'where it cannot be loaded, SSH alone comes in; a table that is there stays, and what is noted of it'() {
        expect:
        load(TABLE.replace('accept', 'nonsense')) == 'failed table inet linkctl fallback {'
        load(TABLE) == 'done table inet linkctl one {'
        load(TABLE.replace('accept', 'nonsense')) == 'failed table inet linkctl one {'
        run('firewall.source') == TABLE
    }

    def 'between the rules of others nothing is loaded instead'() {
        expect:
        load(TABLE.replace('accept', 'nonsense'), false) == 'failed'
    }
}
