package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.cli.io.Terminal.Stream
import spock.lang.Specification
import spock.lang.TempDir

class InitSpec extends Specification {
    @TempDir
    Path folder

    def toy = new Toy()

    private String file() { folder.resolve('net.groovy') }

    def 'empty answers make an inventory that check accepts without a warning'() {
        given:
        toy.input = '\n' * 40

        expect:
        toy.run('init', file()) == 0
        toy.out.contains("linkctl check ${file()}") && toy.out.contains("linkctl doctor ${file()}") && toy.out.contains("linkctl plan ${file()}")
        Golden.is('init/usual.groovy.txt', Files.readString(Path.of(file())))
        toy.run('check', file()) == 0
        toy.err == ''
    }

    def 'sites, hosts of both systems, a bond, tunnels and routes, by lines of the standard input'() {
        given:
        toy.input = """prod
            hq, plant, shop
            10.2.0.0/16, fd00:2::/64
            hq-gw

            admin@203.0.113.1
            eno1, eno2, eno3


            10.3.0.0/16
            plant-gw
            freebsd
            root@plant.example:2222
            igb0,igb1
            active-backup

            10.4.0.0/16





            3
            203.0.113.1
            -


            y
            1
            vpn.shop.example


            n
            """.stripIndent()

        expect:
        toy.run('init', file()) == 0
        Golden.is('init/three.groovy.txt', Files.readString(Path.of(file())))
        toy.run('check', file()) == 0
        toy.err == ''
    }

    def 'a wrong answer is told at once as check would, and nothing is written'() {
        given:
        toy.input = "prod\nhq\n10.2.0.0/33\n"

        expect:
        toy.run('init', file()) == 1
        toy.err.contains("init: answer 3, '10.2.0.0/33', to \"Prefix of the LAN of site hq")
        toy.err.contains('the prefix length is a number from 0 to 32 for IPv4')
        !Files.exists(Path.of(file()))
    }

    def 'on a terminal a wrong answer is asked for again'() {
        given:
        toy.terminals = [Stream.IN, Stream.OUT, Stream.ERR]
        toy.input = "prod\nhq\n10.2.0.0/33\n10.2.0.0/24\n" + '\n' * 10

        expect:
        toy.run('init', file()) == 0
        toy.err.contains('Name of the network [net]: ')
        toy.err.contains('the prefix length is a number from 0 to 32 for IPv4')
        Files.readString(Path.of(file())).contains("lan: '10.2.0.0/24'")
    }

    def 'what an answer holds stays text'() {
        given:
        toy.input = "it's \${1 + 1}\nhq\n"

        expect:
        toy.run('init', file()) == 1
        toy.err.contains("answer 1, 'it's \${1 + 1}'") || toy.err.contains('input ended at question 3')
    }

    def 'where the input ends nothing is written, and it says which answer is missing'() {
        expect:
        toy.run('init', file()) == 1
        toy.err.contains('the input ended at question 1, "Name of the network"')
        !Files.exists(Path.of(file()))
    }

    def 'a file that is there is not overwritten'() {
        given:
        Files.writeString(Path.of(file()), 'mine')

        expect:
        toy.run('init', file()) == 1
        toy.err.contains('is there already, and is not overwritten')
        Files.readString(Path.of(file())) == 'mine'
    }
}
