package org.linkctl.modules

import org.linkctl.plan.Manifest
import org.linkctl.shell.Content
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Owned
import org.linkctl.spi.Published
import org.linkctl.spi.Refused
import org.linkctl.spi.Resource
import org.linkctl.spi.Scope
import org.linkctl.spi.UnreadableFacts

/** The laws of the module interface, each as a look at one case that lists what breaks it. */
class Laws {
    static List<String> check(Case one) {
        [this.&questionsOnlyRead, this.&answersAreAllAsked, this.&isWhatItsNameSays, this.&bareHostsDiffer, this.&noChangesNoSteps,
         this.&memoryLasts, this.&whatIsRememberedCanGo, this.&filesAndStepsMatch, this.&unknownsAreNotWritten, this.&stepsConverge, this.&secretsStayHidden,
         this.&garbageIsUnreadable].collectMany { law -> law(one).collect { it.toString() } }
    }

    private static List questionsOnlyRead(Case one) {
        one.questions().findAll { !ReadOnly.allows(it) }.collect { "may change something: $it" }
    }

    private static List answersAreAllAsked(Case one) {
        def asked = one.questions().collect { AnswerFile.key(it) } as Set
        (one.before.blocks.keySet() - asked).collect { "answered, but nobody asks: $it" } +
            ((one.after?.blocks?.keySet() ?: [] as Set) - asked - one.before.blocks.keySet()).collect { "answered in after.txt, but nobody asks: $it" }
    }

    private static List isWhatItsNameSays(Case one) {
        def seen = one.wants.collectMany { outcome(one, it) }
        switch (one.kind) {
            case 'converged': return seen.empty ? [] : ["named converged, but: $seen"]
            case 'create': return seen.contains(Change.Action.CREATE) ? [] : ['named create, but creates nothing']
            case 'update': return seen.any { it instanceof Change.Action } ? [] : ['named update, but changes nothing']
            case 'removal': if (one.dir.name.startsWith('removal-leaves')) return seen.empty ? [] : ["named removal-leaves, but: $seen"]
                return seen.contains(Change.Action.DELETE) || putsBack(one, seen) ? [] : ['named removal, but removes nothing']
            case 'malformed': return seen.contains(UnreadableFacts) ? [] : ['named malformed, but was understood']
            case 'refused': return seen.contains(Refused) ? [] : ['named refused, but was not']
            default: return []
        }
    }

    /** Taking away may be putting back what was found at first. */
    private static boolean putsBack(Case one, List seen) {
        seen.any { it instanceof Change.Action } && one.wants.any { one.isGone(it) }
    }

    private static List outcome(Case one, Resource want) {
        try {
            def have = facts(one, want)
            if (one.kind == 'malformed' && Case.onlyLooks(one.module)) one.abilities.findings(want, have, one.before.to(one.module.probe(want) + one.abilities.examine(want)))
            return one.module.diff(want, have)*.action()
        } catch (UnreadableFacts | Refused e) {
            return [e.class]
        }
    }

    private static List bareHostsDiffer(Case one) {
        (one.wants && one.kind != 'removal' && !(one.kind == 'refused' && one.before.owned) && !one.onlyRemoves && one.wants.every { one.module.diff(it, one.abilities.bare(it)).empty } ?
            ['a bare host would be converged'] : []) +
            one.wants.findAll { it.unknowns().empty }.collectMany { want ->
                def have = one.abilities.bare(want)
                def changes = one.module.diff(want, have)
                mismatches(changes, changes.empty ? [] : one.module.steps(want, have, changes)).collect { "on a bare host: $it" }
            }
    }

    private static List noChangesNoSteps(Case one) {
        readable(one).findAll { want, have -> one.module.steps(want, have, []) != [] }.collect { want, have -> "steps without changes: ${want.id()}" }
    }

    /** Once it is written it is not written again, neither before the steps nor after them: a second apply writes nothing. */
    private static List memoryLasts(Case one) {
        def then = one.after == null ? one.before : one.after
        judged(one).collectMany { want, have ->
            def first = one.abilities.memory(want, have, one.memory(want))
            if (one.isGone(want)) return first.present ? ["${want.id()}: what is to go is remembered"] : []
            def now = one.wantsGiven(then).find { it.id() == want.id() }
            def later = one.module.facts(now, then.to(one.module.probe(now)))
            (first == one.abilities.memory(want, have, first) && first == one.abilities.memory(now, later, first) ? [] : ["${want.id()}: remembered as $first, and then in another way"])
        }
    }

    /** What is remembered is enough to have it taken away, under the same id, after a round trip through the manifest. */
    private static List whatIsRememberedCanGo(Case one) {
        judged(one).findAll { want, have -> !one.isGone(want) }.collectMany { want, have ->
            one.abilities.memory(want, have, one.memory(want)).map { memory ->
                def text = Manifest.of('case', [new Owned(want.id(), memory)]).text()
                def owned = Manifest.parse('case', 'case', text.readLines()).owned()[want.id()]
                def gone = owned.memory() == memory && owned.module() == one.module.name() ?
                    one.abilities.absent(new Scope(one.fabric, one.host, Published.NOTHING), owned).orElse(null) : null
                if (gone?.id() != want.id()) return ["cannot be taken away: ${want.id()}"]
                one.module.diff(gone, one.abilities.bare(gone)).empty ? [] : ["taken away from a bare host: ${want.id()}"]
            }.orElse([])
        }
    }

    /** Whether a host has to remember anything of a case. */
    static boolean remembers(Case one) {
        judged(one).any { want, have -> one.abilities.memory(want, have, Optional.empty()).present }
    }

    private static List filesAndStepsMatch(Case one) {
        decided(one).findAll { want, changes, steps -> want.unknowns().empty }.collectMany { want, changes, steps -> mismatches(changes, steps) }
    }

    private static List mismatches(List<Change> changes, List<Step> steps) {
        def touched = steps.findAll { it instanceof Step.PutFile || it instanceof Step.RemoveFile || it instanceof Step.GenerateFile || it instanceof Step.SendFile || it instanceof Step.Link }*.path()
        // A command that names a file makes it, too, as with a user's rights; and what one makes within the steps, they remove.
        def named = steps.findAll { it instanceof Step.Run }.collectMany { it.argv().words() }
        def passing = steps.findAll { it instanceof Step.RemoveFile && it.path() in named }*.path()
        def shown = changes.findAll { it.kind() == Change.Kind.FILE }*.subject()
        (shown - touched - named).collect { "shown as a change, but no step makes it: $it" } +
            (touched - shown - passing).collect { "a step for a file that the plan does not show: $it" } +
            (changes && !steps ? ["changes without steps: ${changes*.subject()}"] : [])
    }

    private static List unknownsAreNotWritten(Case one) {
        decided(one).collectMany { want, changes, steps -> steps.findAll { "$it".contains(Change.UNKNOWN) } }
            .collect { "writes what is not known: $it" }
    }

    /** Only with after.txt: a case of something that is refused, unreadable, unknown or converged has nothing to say. */
    private static List stepsConverge(Case one) {
        def acts = decided(one).any { want, changes, steps -> steps }
        if (one.after == null) return acts ? ['has steps, but no after.txt'] : []
        def left = one.wantsGiven(one.after).collectMany { want ->
            one.module.diff(want, one.module.facts(want, one.after.to(one.module.probe(want))))
        }
        (acts ? [] : ['has after.txt, but no steps']) + left.collect { "left after the steps: $it" }
    }

    private static List secretsStayHidden(Case one) {
        def shown = Transcript.of(one)
        (one.before.secrets + (one.after?.secrets ?: [])).findAll { it && shown.contains(it) }.collect { 'a secret is shown' }
    }

    /** Each answer in turn is cut short or replaced by noise: that is understood, unreadable or refused, never anything else. */
    private static List garbageIsUnreadable(Case one) {
        one.wants.collectMany { want ->
            def questions = one.module.probe(want)
            def good = one.before.to(questions).byQuestion()
            questions.toSet().collectMany { question ->
                noise(good[question]).collect { bad -> surprise(one, want, new Answers(good + [(question): bad])) }.findAll()
            }
        }
    }

    private static List<Answer> noise(Answer good) {
        def text = good instanceof Answer.Output ? good.stdout() : good instanceof Answer.Text ? good.text() : null
        def texts = text == null ? [] : [text.take(text.size().intdiv(2)), text.reverse(), '\u0001 = : / {', 'x\n' * 3, '']
        texts.collect { good instanceof Answer.Output ? new Answer.Output(0, it, '') : new Answer.Text(it) } +
            (good instanceof Answer.Output ? [new Answer.Output(127, '', 'not found'), new Answer.Output(1, '', 'noise')] : []) +
            [new Answer.Unreadable('Permission denied')]
    }

    private static String surprise(Case one, Resource want, Answers answers) {
        try {
            def have = one.module.facts(want, answers)
            def changes = one.module.diff(want, have)
            if (changes && !want.unknowns()) one.module.steps(want, have, changes)
            one.abilities.memory(want, have, one.memory(want))
            one.abilities.adopts(want, have)
            return null
        } catch (UnreadableFacts | Refused e) {
            return null
        } catch (Exception e) {
            return "${want.id()}: $e (${e.stackTrace.find { it.className.startsWith('org.linkctl') }})"
        }
    }

    private static Record facts(Case one, Resource want) {
        one.module.facts(want, one.before.to(one.module.probe(want)))
    }

    private static List readable(Case one) {
        one.wants.findResults { want ->
            try {
                [want, facts(one, want)]
            } catch (UnreadableFacts | Refused e) {
                null
            }
        }
    }

    private static List judged(Case one) {
        readable(one).findAll { want, have ->
            try {
                one.module.diff(want, have)
                true
            } catch (Refused e) {
                false
            }
        }
    }

    private static List decided(Case one) {
        readable(one).findResults { want, have ->
            try {
                def changes = one.module.diff(want, have)
                [want, changes, changes && !want.unknowns() ? one.module.steps(want, have, changes) : []]
            } catch (Refused e) {
                null
            }
        }
    }
}
