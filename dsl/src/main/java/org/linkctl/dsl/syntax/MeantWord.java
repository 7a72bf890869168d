package org.linkctl.dsl.syntax;

import groovy.lang.Script;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.words.Vocabulary;
import org.linkctl.dsl.words.Vocabulary.Word;

/** Which word was probably meant where one is written that is not known, or has not what it is given; says so. */
final class MeantWord {
    /** Words of the language by the names that other tools have for the same. */
    private static final Map<String, String> USUAL = Map.of("cron", "timer", "crontab", "timer", "cronjob", "timer");

    private final WordCheck check;

    MeantWord(WordCheck check) {
        this.check = check;
    }

    /** The word that was probably meant by one that is almost the same, of which it has the attributes; which is said. */
    Optional<Word> almost(Word word, MethodCallExpression call) {
        List<String> others = WordArguments.of(call).named().stream()
                .map(entry -> entry.getKeyExpression().getText())
                .filter(name -> !word.attributes().containsKey(name))
                .toList();
        if (others.isEmpty()) return Optional.empty();
        Optional<Word> meant = Vocabulary.of(check.place()).values().stream()
                .filter(one -> !one.name().equals(word.name()) && one.body() != null && word.body() != null)
                .filter(one -> one.name().startsWith(word.name()) || word.name().startsWith(one.name()))
                .filter(one -> one.attributes().keySet().containsAll(others))
                .findFirst();
        meant.ifPresent(one -> {
            check.error(
                    check.at(call.getMethod()),
                    "'" + word.name() + "' has no "
                            + others.stream().map(name -> name + ":").collect(Collectors.joining(", ")),
                    word.known(),
                    one.name());
            replace(call, one);
        });
        return meant;
    }

    /** Reports a word that is not known here; returns the word that was probably meant. */
    Optional<Word> unknown(MethodCallExpression call, String name) {
        Class<?> here = check.place();
        Map<String, Word> known = Vocabulary.of(here);
        String title = Vocabulary.title(here);
        if (isAttribute(call, name)) return Optional.empty();
        Optional<Class<?>> home = Vocabulary.placeOf(name, here);
        if (here == check.kind().base() && home.isPresent() && Script.class.isAssignableFrom(home.get())) {
            otherKindOfFile(call, home.get());
            return Optional.empty();
        }
        String near = MessageText.suggestion(name, List.copyOf(known.keySet()));
        String usual = USUAL.get(name);
        if (near == null && usual != null && known.containsKey(usual)) {
            check.error(check.at(call.getMethod()), "no '" + name + "' in " + title, "", "'" + usual + "'");
            check.exclude(call.getMethod());
            return Optional.empty();
        }
        String detail = "known in " + title + ": " + MessageText.list(Vocabulary.declaring(here));
        if (home.isPresent()) {
            check.error(
                    check.at(call.getMethod()),
                    "'" + name + "' belongs in " + Vocabulary.title(home.get())
                            + (outside(here, home.get()) ? ", not outside of it" : ", not in " + title),
                    detail,
                    null);
        } else
            check.error(check.at(call.getMethod()), "no '" + MessageText.shown(name) + "' in " + title, detail, near);
        if (home.isPresent() || near == null) {
            check.exclude(call.getMethod());
            return Optional.empty();
        }
        Word word = known.get(near.substring(1, near.length() - 1));
        if (word == null) return Optional.empty();
        replace(call, word);
        return Optional.of(word);
    }

    /** Has the rest of the file checked as if the word had been written. */
    private static void replace(MethodCallExpression call, Word word) {
        ConstantExpression method = new ConstantExpression(word.name());
        method.setSourcePosition(call.getMethod());
        call.setMethod(method);
    }

    /** Whether it is an attribute of the word in whose braces it stands; says so. */
    private boolean isAttribute(MethodCallExpression call, String name) {
        Optional<Word> owner = Vocabulary.opening(check.place())
                .filter(word -> word.attributes().containsKey(name))
                .findFirst();
        if (owner.isEmpty()) return false;
        boolean secret = Vocabulary.secrets().contains(name);
        if (secret && !WordArguments.of(call).values().isEmpty()) {
            check.redact(WordArguments.of(call).values().getFirst());
        }
        check.error(
                check.at(call.getMethod()),
                "'" + name + "' is an attribute of " + owner.get().name()
                        + ": it stands in the parentheses, not in the braces",
                "written " + WrittenWord.of(owner.get(), List.of(name + ": …")),
                null);
        check.exclude(call.getMethod());
        return true;
    }

    /** A playbook where an inventory is read, or the other way round: nothing else that is said of it would be right. */
    private void otherKindOfFile(MethodCallExpression call, Class<?> home) {
        check.error(
                check.at(call.getMethod()),
                "this file is " + Vocabulary.title(home) + ", not "
                        + check.kind().title(),
                "the steps of a playbook are shown by: linkctl run PLAYBOOK INVENTORY --dry-run",
                null);
        check.otherKindOfFile();
        check.exclude(call.getMethod());
    }

    /** Whether a word of some braces stands in none of the language's, where "in a playbook" would name what it is in. */
    private static boolean outside(Class<?> here, Class<?> home) {
        return Script.class.isAssignableFrom(here) && !Script.class.isAssignableFrom(home);
    }
}
