package org.linkctl.modules.linux.witness;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.modules.linux.nftables.TableModule;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.pair.Vote;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;

/** Votes for pairs whose witness a host is, in a table of nftables that is linkctl's own: no daemon, nothing on disk. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WitnessModule
        implements TableModule<WitnessModule.Want>, Examined<WitnessModule.Want, TableService.Found> {
    /**
     * What a host shall have.
     *
     * @param votes none: no table of ours
     * @param names of the pairs' hosts, by the addresses that they ask from
     */
    public record Want(List<Vote> votes, List<Voter> names) implements TableModule.Loaded {
        @Override
        public String id() {
            return "linux.witness";
        }

        @Override
        public Set<String> needs() {
            return votes.isEmpty() ? Set.of() : Set.of("package:nftables");
        }

        @Override
        public TableService service() {
            KeptService service = WitnessTable.service(votes);
            return TableService.of(votes.isEmpty() ? service.none() : service, WitnessTable.TABLE);
        }
    }

    /** A host of a pair, and an address of its. */
    record Voter(Ip address, String host) {}

    @Override
    public String name() {
        return "linux.witness";
    }

    @Override
    public List<Want> want(Scope scope) {
        Fabric fabric = scope.fabric();
        List<Vote> votes = Vote.at(fabric, scope.host());
        if (votes.isEmpty()) return List.of();
        List<Voter> names = new ArrayList<>();
        for (Vote vote : votes) {
            for (Host host : fabric.hostsOf(vote.witness().pair())) {
                for (Ip address : vote.voters()) {
                    if (fabric.holder(host, address).isPresent()) names.add(new Voter(address, host.name()));
                }
            }
        }
        return List.of(new Want(votes, List.copyOf(names)));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of(), List.of()));
    }

    private static Question.Command list(Vote vote) {
        return Question.command("nft", "list", "set", "inet", WitnessTable.TABLE.name(), vote.set());
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return want.votes().stream().<Question<?>>map(WitnessModule::list).toList();
    }

    @Override
    public List<Finding> findings(Want want, TableService.Found have, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (Vote vote : want.votes()) {
            String subject = "vote of pair " + vote.witness().pair();
            if (!have.table().isAsLoaded() || !have.service().running()) {
                out.add(Finding.bad(
                        subject, WitnessTable.TABLE.subject() + " is not as it should be: who asks gets none"));
                continue;
            }
            String said = answers.to(list(vote)).stdout();
            String holder = want.names().stream()
                    .filter(voter -> elements(said).contains(" " + voter.address() + " "))
                    .map(Voter::host)
                    .findFirst()
                    .orElse(null);
            out.add(
                    holder == null
                            ? Finding.doubtful(
                                    subject,
                                    "nobody has it: while the two hosts do not see each other, neither serves; does the"
                                            + " master reach this host, from an address of its own?")
                            : Finding.good(subject, holder + " has it"));
        }
        return out;
    }

    private static String elements(String said) {
        int from = said.indexOf("elements = {");
        return from < 0 ? "" : said.substring(from).replaceAll("[{},]", " ");
    }
}
