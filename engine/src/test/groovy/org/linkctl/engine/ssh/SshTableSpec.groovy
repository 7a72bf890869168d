package org.linkctl.engine.ssh

import java.util.zip.GZIPInputStream

import spock.lang.Specification

/** The table in docs/ssh.md has every option of ssh_config(5), and each that can fail has a row in SshOptionRows. */
class SshTableSpec extends Specification {
    static final File MANUAL = ['/usr/share/man/man5/ssh_config.5.gz', '/usr/share/man/man5/ssh_config.5'].collect { new File(it) }.find { it.exists() }

    static List<List<String>> table() {
        def rows = new File('../docs/ssh.md').readLines().dropWhile { !it.startsWith('| ssh_config(5) |') }.takeWhile { it.startsWith('|') }
        rows.drop(2).collect { it.split(/\|/)*.trim()[1..3] }
    }

    static Set<String> lower(Collection<String> names) { names*.toLowerCase(Locale.ROOT).toSet() }

    static Set<String> of(String fate) { lower(table().findAll { it[1] == fate }*.first()) }

    def 'each option stands there once, in the order of the manual'() {
        given:
        def names = table()*.first()

        expect:
        names.size() > 100
        names.toUnique() == names
        table()*.get(1).toSet() == ['followed', 'no meaning', 'refused'] as Set
        table().findAll { it[1] != 'followed' && !it[2] } == []
    }

    def 'what the table says is what linkctl does'() {
        expect:
        of('followed') + of('refused') == SshKeywords.FOLLOWED + SshKeywords.RESOLVED
        of('no meaning') == SshKeywords.NOT_FOLLOWED
    }

    def 'every option that ssh(1) of this machine prints is in it'() {
        given:
        def printed = lower(SshConfig.values(['ssh', '-G', '-F', '/dev/null', 'gw'].execute().text).keySet())

        expect:
        printed.size() > 60
        printed - lower(table()*.first()) == [] as Set
    }

    def 'every option of ssh_config(5) of this machine is in it'() {
        given:
        def manual = MANUAL == null ? '' : MANUAL.name.endsWith('gz') ? new GZIPInputStream(MANUAL.newInputStream()).text : MANUAL.text
        def names = lower(manual.readLines().findAll { it ==~ /\.It Cm [A-Z]\w+.*/ }.collect { it.split(' ')[2] })

        expect:
        MANUAL == null || names.size() > 80
        names - lower(table()*.first()) == [] as Set
    }

    def 'every option of OpenSSH up to 10.2 is in it, as its readconf.c has them'() {
        expect:
        lower(LATER) - lower(table()*.first()) == [] as Set
    }

    /** Those that Debian 12's manual does not have yet, by readconf.c of OpenSSH 9.3 to 10.2. */
    static final List<String> LATER = ['Tag', 'ChannelTimeout', 'ObscureKeystrokeTiming', 'VersionAddendum', 'RefuseConnection', 'WarnWeakCrypto']

    def 'each line has a row that is tried'() {
        given:
        def tried = lower(SshOptionRows.FOLLOWED*.option + SshOptionRows.LATER)

        expect:
        (of('followed') + of('refused')) - tried == [] as Set
        tried - of('followed') - of('refused') == [] as Set
        lower(SshOptionRows.WITHOUT_MEANING.keySet()) == of('no meaning')
    }
}
