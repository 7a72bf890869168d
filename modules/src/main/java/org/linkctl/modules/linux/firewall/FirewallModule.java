package org.linkctl.modules.linux.firewall;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * The firewall of a host: a table of nftables (nft(8)) that is linkctl's own, loaded whole in one transaction; nobody
 * else's is touched. Connections live on when it is loaded. How nft(8) shows rules differs between its versions, so the
 * program that loads them notes what it showed then: what is shown now is held against that, and what it was loaded from
 * against the file.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class FirewallModule
        implements Remembered<FirewallModule.Want, FirewallModule.Facts>,
                Examined<FirewallModule.Want, FirewallModule.Facts>,
                Rendered<FirewallModule.Want, FirewallModule.Facts> {
    /** Characters: an answer has 1 MiB at the most, and nft(8) puts at most half as much again between the addresses. */
    private static final int LONGEST = 1 << 19;

    private static final List<Question.ReadFile> FILES = Stream.of(
                    FirewallLoading.FILE,
                    FirewallLoading.FALLBACK,
                    FirewallLoading.PROGRAM,
                    FirewallLoading.UNIT_FILE,
                    FirewallLoading.SOURCE,
                    FirewallLoading.STATES)
            .map(Question::file)
            .toList();
    private static final OwnTable TABLE = new OwnTable("linkctl", FirewallLoading.SHOWN, false);

    /**
     * What a host shall have.
     *
     * @param text of the table; null: no firewall
     * @param fallback what is loaded at boot where that cannot be; null: nothing
     * @param states how many connections the kernel keeps; null: as it has it
     * @param restored what that was before; null: it is not known, or not linkctl's any more
     */
    public record Want(
            @Nullable String text,
            @Nullable String fallback,
            @Nullable Integer states,
            @Nullable String restored) implements Resource {
        @Override
        public String id() {
            return "linux.firewall";
        }

        @Override
        public Set<String> provides() {
            return text == null ? Set.of() : Set.of("firewall");
        }

        @Override
        public Set<String> needs() {
            return text == null ? Set.of() : Set.of("package:nftables");
        }

        @Nullable
        String program() {
            return text == null ? null : FirewallLoading.program(fallback != null, states);
        }

        @Nullable
        String unit() {
            return text == null ? null : FirewallLoading.UNIT_TEXT;
        }
    }

    /**
     * What was found.
     *
     * @param source what the table was loaded from, and {@code shown} what nft(8) showed of it then; null: not noted
     * @param table what it shows now; null: there is none
     * @param states null: the kernel keeps no connections yet
     */
    public record Facts(
            @Nullable String file,
            @Nullable String fallback,
            @Nullable String program,
            @Nullable String unit,
            @Nullable String source,
            @Nullable String shown,
            @Nullable String table,
            UnitState state,
            @Nullable String states) {}

    @Override
    public String name() {
        return "linux.firewall";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        return fabric.one(Firewall.class, host).stream()
                .map(firewall -> new Want(
                        bounded(NftTable.text(fabric, host, firewall)),
                        firewall.ruleset() == Firewall.Ruleset.MAIN ? NftTable.fallback(fabric, host, firewall) : null,
                        firewall.limits().get(Firewall.Limit.STATES.word()),
                        null))
                .toList();
    }

    private static String bounded(String text) {
        if (text.length() <= LONGEST) return text;
        throw new Refused("its rules are " + text.length() + " characters long; linkctl reads back " + LONGEST
                + " at the most, about 30000 IPv4 prefixes in all tables and lists");
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(FILES);
        out.addAll(TABLE.questions());
        out.add(UnitState.question(FirewallLoading.UNIT));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        List<@Nullable String> files = new ArrayList<>();
        for (Question.ReadFile file : FILES) files.add(answers.to(file).orElse(null));
        String states = files.get(5);
        if (states != null && !states.strip().matches("\\d{1,10}")) {
            throw new UnreadableFacts(FirewallLoading.STATES + ": no number: '" + states.strip() + "'");
        }
        OwnTable.Found table = TABLE.read(answers);
        return new Facts(
                files.get(0),
                files.get(1),
                files.get(2),
                files.get(3),
                files.get(4),
                table.then(),
                table.now(),
                UnitState.read(FirewallLoading.UNIT, answers),
                states == null ? null : states.strip());
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null, null, null, null, null, null, null, UnitState.NONE, null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return FirewallDiff.of(want, have);
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return FirewallSteps.of(want, have, changes);
    }

    /** The number of connections is one setting of a host: what it was goes on being remembered. */
    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        if (want.text() == null) return Optional.empty();
        Integer states = want.states();
        if (states == null) return Optional.of(Memory.OWNED);
        String found = before.flatMap(memory -> memory.value("found-states")).orElse(have.states());
        return Optional.of(
                Memory.OWNED.with("states", states.toString()).with("found-states", found == null ? "none" : found));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        Integer states = owned.memory().value("states").map(Integer::valueOf).orElse(null);
        String found = owned.memory()
                .value("found-states")
                .filter(value -> !value.equals("none"))
                .orElse(null);
        return Optional.of(new Want(null, null, states, found));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        List<String> out = Stream.of(
                        OurFiles.foreign(FirewallLoading.FILE, have.file()),
                        OurFiles.foreign(FirewallLoading.FALLBACK, have.fallback()),
                        OurFiles.foreign(FirewallLoading.PROGRAM, have.program()),
                        OurFiles.foreign(FirewallLoading.UNIT_FILE, have.unit()))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(ArrayList::new));
        if (have.table() != null && have.file() == null) out.add(FirewallDiff.TABLE);
        return out;
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.text() == null) return List.of();
        if (have.table() == null) {
            return List.of(Finding.bad(FirewallDiff.TABLE, "is not there: nothing is filtered or translated"));
        }
        String off = diff(want, have).stream().map(Change::subject).collect(Collectors.joining(", "));
        return List.of(
                off.isEmpty()
                        ? Finding.good(FirewallDiff.TABLE, "is as it was loaded from " + FirewallLoading.FILE)
                        : Finding.bad(FirewallDiff.TABLE, "is there, but not as wanted: " + off));
    }
}
