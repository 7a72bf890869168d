package org.linkctl.cli

import java.nio.charset.MalformedInputException
import java.nio.file.FileVisitResult
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.SimpleFileVisitor
import java.nio.file.attribute.BasicFileAttributes
import org.linkctl.net.Cidr
import org.linkctl.net.Ip
import spock.lang.Specification

/** Nothing that is shipped names somebody else's address or host: what an example names may be contacted. */
class AddressesSpec extends Specification {
    /**
     * For documentation (RFC 5737, RFC 3849), private (RFC 1918, RFC 4193), link-local (RFC 3927, RFC 4291), loopback,
     * multicast, and what is no host's: this network (0/8), reserved (240/4), ::, ::1 and what holds an IPv4 address.
     */
    static final List<Cidr> HARMLESS = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '10.0.0.0/8',
                                        '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', '169.254.0.0/16', 'fe80::/10', '127.0.0.0/8', '224.0.0.0/4',
                                        'ff00::/8', '0.0.0.0/8', '240.0.0.0/4', '100.64.0.0/10', '::/96', '::ffff:0:0/96'].collect { Cidr.of(it) }

    /** 6to4's prefix as a whole (RFC 3056): firewalld's own rules name it, and a case has them as they are. */
    static final String SIX_TO_FOUR = '2002::'

    /** Somebody's; not written as one word, since this file is looked at as well. */
    static final String GLOBAL = ['2a0b', '7140', '', ''].join(':')

    static final Path ROOT = Path.of('..').toAbsolutePath().normalize()

    /** Every text of the project, by its path: sources, tests and their files, inventories, playbooks, docs. */
    static Map<String, List<String>> texts() {
        Map<String, List<String>> out = new TreeMap<>()
        Files.walkFileTree(ROOT, new SimpleFileVisitor<Path>() {
            @Override
            FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes a) {
                folder.fileName.toString() in ['target', '.git'] ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE
            }

            @Override
            FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                try {
                    if (a.regularFile) out[ROOT.relativize(file).toString()] = Files.readAllLines(file)
                } catch (MalformedInputException ignored) { /* Not a text. */ }
                FileVisitResult.CONTINUE
            }
        })
        out
    }

    /** The addresses that a line names, as they stand there. */
    static List<String> addresses(String line) {
        // A section of an RFC is no address, nor is Java's list::add.
        String text = line.replaceAll(/[Ss]ections? [0-9.]+(, [0-9.]+)*/, '').replaceAll(/[\w)>\]]::[a-zA-Z]\w*/, '')
        def v4 = text.findAll(/(?<![\w.:])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\w)/)
        def v6 = text.findAll(/[0-9A-Za-z:.]+/).findAll { it.count(':') >= 2 }.collect { it.replaceFirst(/(?<!:):$|\.$/, '') }
        (v4 + v6).findAll { Ip.parse(it).isPresent() }
    }

    /** The upper half of each family: what pf is given for anywhere, less what it must not take. */
    static final List<String> HALVES = ['128.0.0.0', '8000::']

    static boolean isHarmless(String address) {
        address == SIX_TO_FOUR || address in HALVES || HARMLESS.any { it.contains(Ip.of(address)) }
    }

    /** Apart from the condition, whose message has all that it is made of. */
    static List<String> strangers() {
        texts().collectMany { file, lines ->
            lines.withIndex().collectMany { line, at -> addresses(line).findAll { !isHarmless(it) }.collect { "$file:${at + 1}: $it".toString() } }
        }
    }

    def 'addresses are those of documentation, of private networks, or of no host'() {
        expect:
        strangers() == []
    }

    def 'what is looked for is found: #line'() {
        expect:
        addresses(line).findAll { !isHarmless(it) } == found

        where:
        line                                       || found
        "ssh: 'root@${[45, 67, 89, 1].join('.')}'" || [[45, 67, 89, 1].join('.')]
        "endpoint: '[${GLOBAL}1]:51820'"           || [GLOBAL + '1']
        "to $GLOBAL/29."                           || [GLOBAL]
        "via 192.0.2.1, 2001:db8::1 and fe80::1%e" || []
        "RFC 4291, section 2.5.5.2; all.forEach(out::add)" || []
    }

    def 'host names in inventories, documents and help texts are reserved ones (RFC 2606, RFC 6761)'() {
        given:
        def shown = texts().findAll { file, lines ->
            file =~ '^(inventories|playbooks|docs)/|^README|/golden/|/cases/|\\.groovy$'
        }
        // A name of RFC 2606 and RFC 6761, an address (looked at above), or a bare alias, which the lab's ssh_config knows.
        def fine = ~/(?i)([\w$\{\}.()-]+\.)?(example(\.(com|net|org))?|invalid|test|localhost)|[^.]*|[0-9.]+|[0-9.]*\$.*/

        expect:
        shown.collectMany { file, lines ->
            lines.withIndex().collectMany { line, at ->
                (line =~ /\b(?:ssh|endpoint|--ssh):? +['"]?(?:[\w-]+@)?([A-Za-z0-9${'$'}{}_.()-]+)/).collect { it[1].replaceFirst(/\.$/, '') }
                        .findAll { it.contains('.') && !(it ==~ fine) && line =~ /(ssh|endpoint): ['"]|--ssh / }
                        .collect { "$file:${at + 1}: $it" }
            }
        } == []
    }
}
