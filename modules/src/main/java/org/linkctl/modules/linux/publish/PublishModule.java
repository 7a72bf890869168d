package org.linkctl.modules.linux.publish;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * What is published: a table of nftables of its own, and the service that loads it and keeps its maps with the targets that
 * answer. What is in the maps is the service's alone, which looks twice a second, so that it is no difference.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PublishModule
        implements Remembered<PublishModule.Want, PublishModule.Facts>,
                Examined<PublishModule.Want, PublishModule.Facts>,
                Rendered<PublishModule.Want, PublishModule.Facts> {
    private static final String TABLE = "nft table " + PublishRules.TABLE;
    private static final Argv DELETE = Argv.of("nft", "delete", "table", "inet", "linkctl_publish");
    private static final Question.Command TABLES = Question.command("nft", "list", "tables");
    private static final Question.Command LOADED =
            Question.command("nft", "-s", "-t", "list", "table", "inet", "linkctl_publish");

    /** What is published; nothing: there shall be no rules, and no service. */
    record Want(List<PublishedService> published) implements Resource {
        @Override
        public String id() {
            return "linux.publish";
        }

        @Override
        public Set<String> needs() {
            if (published.isEmpty()) return Set.of();
            Set<String> out = new LinkedHashSet<>(List.of("package:nftables", "package:iputils-ping", "forwarding"));
            for (PublishedService one : published) one.hubs().forEach(hub -> out.add("tunnel:" + hub.name()));
            return out;
        }

        KeptService service() {
            KeptService service = PublishService.of(published);
            return published.isEmpty() ? service.none() : service;
        }

        /** The table as it shall be; null: there shall be none. */
        @Nullable
        String table() {
            return published.isEmpty() ? null : PublishRules.table(published);
        }
    }

    /** @param table as nft(8) lists it, without what is in its maps; null where there is none */
    record Facts(KeptService.Found service, @Nullable String table) {}

    @Override
    public String name() {
        return "linux.publish";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<PublishedService> published = PublishedService.of(scope.fabric(), scope.host());
        return published.isEmpty() ? List.of() : List.of(new Want(published));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(want.service().questions());
        out.addAll(List.of(TABLES, LOADED));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(want.service().read(answers), table(answers));
    }

    /** That a table is not there is told by the list of all: what nft(8) says of a missing one depends on the locale. */
    private static @Nullable String table(Answers answers) {
        Answer.Output tables = answers.to(TABLES);
        if (tables.exit() == 127) return null;
        String name = "table " + PublishRules.TABLE;
        if (answers.stdout(TABLES).lines().map(String::strip).noneMatch(name::equals)) return null;
        String text = answers.stdout(LOADED);
        if (!text.startsWith(name + " {")) throw new UnreadableFacts("nft list does not begin with " + name);
        return text;
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(KeptService.Found.NONE, null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        String table = want.table();
        boolean differs = table != null && !table.equals(have.table());
        List<Change> out = new ArrayList<>(want.service().diff(have.service(), differs));
        if (differs || (table == null && have.table() != null)) out.add(Change.state(TABLE, have.table(), table));
        return out;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>(want.service().steps(have.service(), changes, List.of(DELETE)));
        if (want.table() == null && changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, TABLE)))
            out.add(new Step.Run(DELETE, List.of()));
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.published().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return want.service().foreign(have.service());
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return PublishHealth.questions(want.published());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.published().isEmpty()) return List.of();
        List<Finding> out = new ArrayList<>();
        out.add(
                have.service().running()
                        ? Finding.good(PublishService.UNIT, "watches what is published")
                        : Finding.bad(PublishService.UNIT, "does not run: nobody watches what is published"));
        out.addAll(PublishHealth.findings(want.published(), answers));
        return out;
    }
}
