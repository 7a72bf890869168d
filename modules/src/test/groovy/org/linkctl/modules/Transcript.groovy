package org.linkctl.modules

import org.linkctl.shell.Content
import org.linkctl.shell.Step
import org.linkctl.spi.Change
import org.linkctl.spi.Memory
import org.linkctl.spi.Refused
import org.linkctl.spi.Resource
import org.linkctl.spi.UnreadableFacts

/** Everything a module makes of a case, as one text: the golden file. */
class Transcript {
    static String of(Case one) {
        one.wants.empty ? 'nothing wanted\n' : one.wants.collect { resource(one, it) }.join('\n')
    }

    private static String resource(Case one, Resource want) {
        def out = [want.id()]
        if (want.provides()) out << '  provides ' + want.provides().sort().join(', ')
        if (want.needs()) out << '  needs ' + want.needs().sort().join(', ')
        want.unknowns().each { out << "  unknown: $it".toString() }
        try {
            assess(one, want, out)
        } catch (UnreadableFacts e) {
            out << "  unreadable: $e.message".toString()
        } catch (Refused e) {
            out << "  refused: $e.message".toString()
        }
        out.join('\n') + '\n'
    }

    private static void assess(Case one, Resource want, List out) {
        def have = one.module.facts(want, one.before.to(one.module.probe(want)))
        def published = one.abilities.publish(want, have)
        published.plain().sort().each { key, value -> out << "  publishes $key = $value".toString() }
        published.hidden().keySet().sort().each { out << "  publishes $it = ***".toString() }
        if (!one.isGone(want)) {
            one.abilities.memory(want, have, one.memory(want)).ifPresent { out << ('  remembered' + memory(it)) }
            if (one.memory(want).empty) one.abilities.adopts(want, have).each { out << "  takes over $it".toString() }
        }
        List<Change> changes = one.module.diff(want, have)
        changes.each { out.addAll(change(it)) }
        def partners = changes ? one.abilities.partners(want, have) : []
        if (partners) out << '  together with ' + partners.sort().join(', ')
        one.abilities.warnings(want, have).each { out << "  warning: $it".toString() }
        if (changes && !want.unknowns()) one.module.steps(want, have, changes).each { out.addAll(step(it)) }
        if (changes.empty) out << '  converged'
        if (one.examines(want)) {
            def answers = one.before.to(one.module.probe(want) + one.abilities.examine(want))
            one.abilities.findings(want, have, answers).each { out << "  ${it.health()} ${it.subject()}: ${it.text()}".toString() }
        }
    }

    private static String memory(Memory memory) {
        memory.values().collect { key, value -> "; $key=$value" }.join()
    }

    private static List change(Change change) {
        def sign = [CREATE: '+', UPDATE: '~', DELETE: '-'][change.action().name()]
        def cuts = change.traffic() == Change.Traffic.CUTS ? '   (cuts traffic)' : ''
        if (change.kind() == Change.Kind.STATE && !"${change.before()}${change.after()}".contains('\n')) {
            def text = [change.before(), change.after()].findAll { it != null }.join(' -> ')
            return ["  $sign ${change.subject()}: $text$cuts".toString()]
        }
        ["  $sign ${change.kind() == Change.Kind.FILE ? 'file ' : ''}${change.subject()}$cuts".toString()] +
            body('-', change.before()) + body('+', change.after())
    }

    private static List body(String sign, String text) {
        text == null ? [] : text.readLines().collect { "      $sign $it".toString().stripTrailing() } +
            (text.empty || text.endsWith('\n') ? [] : ['      \\ no newline at end'])
    }

    static List step(Step step) {
        switch (step) {
            case Step.Run: return ["  \$ ${step.argv().render()}".toString()] + step.undo().collect { "      undo \$ ${it.render()}".toString() }
            case Step.PutFile: return ["  put ${step.path()} ${step.mode()}".toString()] + body('|', content(step.content()))
            case Step.SendFile: return ["  send ${step.path()} ${step.mode()} from ${step.artifact().source()}, SHA-256 ${step.artifact().sha256()}".toString()]
            case Step.Link: return ["  link ${step.path()} -> ${step.target()}".toString()]
            case Step.RemoveFile: return ["  remove ${step.path()}".toString()]
            case Step.GenerateFile: return ["  generate ${step.path()} ${step.mode()} from \$ ${step.producer().render()}".toString()]
            case Step.WriteValue: return ["  write ${step.value()} > ${step.path()}".toString()]
        }
        throw new IllegalStateException("$step")
    }

    private static String content(Content content) {
        content instanceof Content.Plain ? content.text() : '***'
    }
}
