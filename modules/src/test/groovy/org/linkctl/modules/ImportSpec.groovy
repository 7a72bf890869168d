package org.linkctl.modules

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.dsl.Inventory
import org.linkctl.dsl.write.InventoryWriter
import org.linkctl.dsl.write.Written.Word
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Found
import org.linkctl.spi.Imported
import org.linkctl.spi.Published
import org.linkctl.spi.Question
import org.linkctl.spi.Scope
import org.linkctl.spi.UnreadableFacts
import spock.lang.Specification
import spock.lang.TempDir

/** What a host has, said in the words of the language, is what it has: on a host that is as declared, nothing differs. */
class ImportSpec extends Specification {
    /** Those that tell of interfaces tell of the same ones. */
    static final List<String> HOST_WORDS = ['linux', 'freebsd'].collectMany { system -> ['bond', 'vlan', 'bridge', 'address'].collect { "$system.$it".toString() } }

    /** Cases that say nothing of what another module is asked for: the addresses and the MTU in a profile, and what makes the interface beneath. */
    static final List<String> APART = ['linux.bond/converged-networkmanager', 'linux.bridge/converged-netplan', 'linux.vlan/converged-ifupdown', 'linux.vlan/converged-networkmanager']

    @TempDir
    Path folder

    static List<Case> converged() {
        Case.all().findAll { it.kind == 'converged' && it.module.name() in HOST_WORDS && !(it.toString() in APART) }
    }

    /** What a case does not answer is not there. */
    static Answers answers(Case one, Collection<Question<?>> questions) {
        new Answers(questions.toSet().collectEntries { question ->
            [(question): one.before.blocks[AnswerFile.key(question)]
                    ?: nothing(question, one)]
        })
    }

    static Answer nothing(Question<?> question, Case one) {
        if (!(question instanceof Question.Command)) return new Answer.Absent()
        def words = question.argv().words()
        if (words.take(2) == ['ip', '-j']) return new Answer.Output(0, '[]', '')
        if (words.first() in ['sysrc', 'pgrep']) return new Answer.Output(1, '', '')
        if (words.take(2) == ['ls', '-1A']) return new Answer.Output(0, files(one, words.last()).join('\n'), '')
        new Answer.Output(127, '', 'not found')
    }

    /** The names of the files in a folder that a case has. */
    static List<String> files(Case one, String folder) {
        one.before.blocks.findAll { key, answer -> answer instanceof Answer.Text }.keySet()*.toString().findAll { it.contains(" $folder/") }.collect { it.substring(it.indexOf(folder) + folder.size() + 1).split(' ')[0] }
    }

    static List<Found> found(Imported module, Case one) {
        def first = answers(one, module.importing())
        module.found(first.and(answers(one, module.importing(first))))
    }

    static List<Found> all(Case one) {
        Modules.all().findAll { it instanceof Imported && it.name() in HOST_WORDS && it.system() == one.host.os() }.collectMany {
            try {
                found(it, one)
            } catch (UnreadableFacts e) {
                assert it.name() != one.module.name(), e.message // others' questions are no part of the case
                []
            }
        }
    }

    def fabric(Case one) {
        Map<String, Map> parts = [:]
        all(one).findAll { it instanceof Found.Part }.each { Found.Part part ->
            def into = parts.computeIfAbsent(part.device()) { [kind: 'nic', attributes: [:]] }
            if (part.kind()) into.kind = part.kind() == 'nic' ? into.kind : part.kind()
            into.attributes.putAll(part.attributes())
        }
        parts.values().findAll { it.kind == 'vlan' }.collect { it.attributes.on.text() }.each { parts.putIfAbsent(it, [kind: 'nic', attributes: [:]]) }
        def words = parts.collect { name, part -> Word.of(part.kind, [Found.Value.of(name)], part.attributes) } +
                all(one).findAll { it instanceof Found.Line }.collect { Word.of(it.word(), it.values(), [:]) }
        def host = Word.of('host', [Found.Value.of(one.host.name())], [os: new Found.Value.Constant(one.host.os()), ssh: Found.Value.of(one.host.ssh().toString())], words)
        def text = InventoryWriter.of([Word.of('fabric', [Found.Value.of(one.fabric.name())], [:], [Word.of('site', [Found.Value.of(one.host.site())], [:], [host])])]).text()
        def file = folder.resolve('imported.groovy')
        Files.writeString(file, text)
        def loaded = Inventory.load(file, Modules.limits())
        assert loaded.fabric() != null, text + loaded.render()
        loaded.fabric()
    }

    def '#one: imported, nothing differs'() {
        given:
        def imported = fabric(one)
        def host = imported.host(one.host.name()).get()
        def wants = one.module.want(new Scope(imported, host, Published.NOTHING)).findAll { it.id() in one.wants*.id() }

        expect:
        wants.collectMany { want -> one.module.diff(want, one.module.facts(want, answers(one, one.module.probe(want)))) } == []
        declared(wants) == declared(one.wants)

        where:
        one << converged()
    }

    static List<String> declared(List wants) {
        wants*.id().sort()
    }

    def 'every module that imports has converged cases here, or is tried with the hosts of the command, or by UplinksFoundSpec'() {
        expect:
        Modules.all().findAll { it instanceof Imported }*.name().toSet() == HOST_WORDS.toSet() + ['linux', 'freebsd'].collectMany { system -> ['default-route', 'ecmp', 'sysctl', 'wireguard'].collect { "$system.$it".toString() } } + ['linux.uplinks', 'linux.vrrp', 'freebsd.carp', 'freebsd.pfsync', 'freebsd.foreign-filter']
        converged()*.module*.name().toSet() == HOST_WORDS.toSet()
    }
}
