package org.linkctl.modules.declared;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.linkctl.model.HostPackage;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;

/**
 * Packages that the inventory declares. Of those that were not there before, the host notes that linkctl installed them:
 * before it does so, and not in the manifest, which a rollback puts back while packages stay.
 */
public final class DeclaredPackages {
    private static final String FOLDER = "/var/lib/linkctl/packages/";
    private static final String TEXT = "installed since the inventory declares it\n";

    private DeclaredPackages() {}

    public static Set<String> names(Scope scope) {
        return scope.fabric().of(HostPackage.class, scope.host()).stream()
                .map(HostPackage::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public static String note(String name) {
        return FOLDER + name;
    }

    public static Question.ReadFile question(String name) {
        return Question.file(note(name));
    }

    public static boolean isNoted(String name, Answers answers) {
        return answers.to(question(name)).isPresent();
    }

    public static List<Question.ReadFile> questions(Collection<String> names) {
        return names.stream().map(DeclaredPackages::question).toList();
    }

    public static Set<String> noted(Collection<String> names, Answers answers) {
        return names.stream().filter(name -> isNoted(name, answers)).collect(Collectors.toSet());
    }

    public static Change made(String name) {
        return Change.file(note(name), null, TEXT);
    }

    public static Step make(String name) {
        return Step.put(note(name), "0600", TEXT);
    }

    public static Change ended(String name) {
        return Change.file(note(name), TEXT, null);
    }
}
