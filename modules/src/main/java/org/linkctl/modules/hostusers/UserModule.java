package org.linkctl.modules.hostusers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;

/**
 * Users that are declared for hosts of one system: the account, its groups, and linkctl's part of its authorized keys. Nothing
 * that others gave the user is taken away.
 */
public abstract class UserModule implements Remembered<UserWant, UserFacts>, Rendered<UserWant, UserFacts> {
    private final Os system;

    protected UserModule(Os system) {
        this.system = system;
    }

    /**
     * What makes an account with its home, and locked but for keys.
     *
     * @param number null: the next that is free
     * @param ownGroup there is a group of that name
     */
    protected abstract Argv make(String name, String home, @Nullable String number, boolean ownGroup);

    protected abstract Argv makeGroup(String name, String number);

    /** @param withHome its home goes, too */
    protected abstract Argv remove(String name, boolean withHome);

    protected abstract Argv join(String name, String group);

    protected abstract Argv leave(String name, String group);

    @Override
    public final Os system() {
        return system;
    }

    @Override
    public final List<UserWant> want(Scope scope) {
        return UserWant.all(scope);
    }

    @Override
    public final List<Question<?>> probe(UserWant want) {
        return UserFacts.questions(want);
    }

    @Override
    public final UserFacts facts(UserWant want, Answers answers) {
        return UserFacts.read(want, answers);
    }

    @Override
    public final UserFacts bare(UserWant want) {
        return UserFacts.bare(want);
    }

    @Override
    public final List<Change> diff(UserWant want, UserFacts have) {
        return UserDiff.of(want, have);
    }

    @Override
    public final List<Step> steps(UserWant want, UserFacts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        if (changes.isEmpty()) return out;
        String note = UserNote.path(want.name());
        UserNote then = UserDiff.note(want, have);
        boolean noted = changes.stream().anyMatch(change -> change.is(Change.Kind.FILE, note));
        Set<String> leaving = UserDiff.leaving(want, have);
        if (noted && then != null && !want.gone()) {
            Set<String> all = new TreeSet<>(then.groups());
            all.addAll(leaving);
            out.add(Step.put(note, "0600", new UserNote(then.made(), all, null).text(want.name())));
        }
        if (!want.gone()) {
            if (have.account() == null) out.add(making(want, have));
            for (String group : UserDiff.joining(want, have))
                out.add(Step.run(join(want.name(), group), leave(want.name(), group)));
        }
        for (String group : leaving) out.add(Step.run(leave(want.name(), group), join(want.name(), group)));
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.FILE, want.file())))
            out.add(KeysAsUser.step(
                    system, want.name(), want.file(), want.keys(), have.keys().own()));
        if (UserDiff.goes(want, have))
            out.addAll(SavedAccounts.around(system, want.name(), remove(want.name(), false)));
        if (noted && then == null) out.add(new Step.RemoveFile(note));
        else if (then != null && (!leaving.isEmpty() || (noted && want.gone())))
            out.add(Step.put(note, "0600", then.text(want.name())));
        return out;
    }

    /** With an account its group goes, if nobody else is in it (userdel(8), USERGROUPS_ENAB; pw(8)): be it one that was there. */
    private Step making(UserWant want, UserFacts have) {
        String left = have.note() == null ? null : have.note().left();
        boolean home = !have.paths().isThere(want.home());
        Argv make = make(want.name(), want.home(), left, have.ownGroup() != null);
        Argv remove = remove(want.name(), home);
        if (have.ownGroup() == null) return Step.run(make, remove);
        List<String> again = new ArrayList<>(
                List.of("sh", "-c", "getent group \"$1\" >/dev/null && exit; shift; exec \"$@\"", "sh", want.name()));
        again.addAll(makeGroup(want.name(), have.ownGroup()).words());
        return Step.run(make, remove, new Argv(again));
    }

    @Override
    public final Optional<Memory> memory(UserWant want, UserFacts have, Optional<Memory> before) {
        return want.gone() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    /** Whom linkctl logs in as stays; that it is another name than the inventory's the host tells. */
    @Override
    public final Optional<UserWant> absent(Scope scope, Owned owned) {
        if (UserWant.isNamed(scope, owned.name())) return Optional.empty();
        return Optional.of(UserWant.gone(scope, owned.name()));
    }

    @Override
    public final List<String> adopts(UserWant want, UserFacts have) {
        return have.account() != null && have.note() == null ? List.of("user " + want.name()) : List.of();
    }
}
