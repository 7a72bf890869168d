package org.linkctl.modules.linux.quorum;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.pair.PairVip;
import org.linkctl.modules.linux.pair.Vote;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.ServiceModule;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * Whether a host of a pair with a witness may serve. VRRP takes a host that it does not hear for dead: where the network
 * between the two is cut, both would serve. What this says keepalived(8) reads from a file (linux.vrrp).
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class QuorumModule extends ServiceModule<QuorumModule.Want> {
    /** @param vote null: the pair has no witness any more */
    public record Want(@Nullable Vote vote, List<PairVip> vips) implements Resource, ServiceModule.Want {
        @Override
        public String id() {
            return "linux.quorum";
        }

        @Override
        public Set<String> provides() {
            return vote == null ? Set.of() : Set.of("quorum");
        }

        @Override
        public Set<String> needs() {
            return vote == null ? Set.of() : Set.of("package:iputils-ping", "address:" + vote.device());
        }

        @Override
        public KeptService service() {
            return vote == null ? QuorumProgram.none() : QuorumProgram.service(vote, vips);
        }
    }

    public QuorumModule() {
        super("linux.quorum");
    }

    @Override
    public List<Want> want(Scope scope) {
        List<PairVip> vips = PairVip.all(scope.fabric(), scope.host());
        if (vips.isEmpty()) return List.of();
        return Vote.of(scope.fabric(), scope.host()).stream()
                .map(vote -> new Want(vote, vips))
                .toList();
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(null, List.of()));
    }

    /**
     * A ping without the pattern is answered whoever has the vote; one of five answers has to come as soon as one with it
     * would have to.
     */
    private static Question.Command ping(Vote vote) {
        return Question.command(
                "ping",
                "-n",
                "-q",
                "-c",
                "5",
                "-i",
                "0.2",
                "-W",
                QuorumProgram.seconds(vote.patience()),
                "-I",
                vote.device(),
                "-I",
                vote.ends().self().text(),
                vote.witness().address().text());
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return want.vote() == null ? List.of() : List.of(ping(want.vote()));
    }

    @Override
    protected Finding finding(Want want, KeptService.Found have) {
        return have.running()
                ? Finding.good(QuorumProgram.UNIT, "looks for the other host and the witness")
                : Finding.bad(
                        QuorumProgram.UNIT,
                        "is " + have.state().active() + ": cut off from each other, both hosts would serve");
    }

    @Override
    public List<Finding> findings(Want want, KeptService.Found have, Answers answers) {
        Vote vote = want.vote();
        if (vote == null) return List.of();
        List<Finding> out = new ArrayList<>(super.findings(want, have, answers));
        String subject = "witness " + vote.witness().host();
        String where = vote.witness().address() + " by " + vote.device() + " from "
                + vote.ends().self();
        out.add(
                answers.to(ping(vote)).ok()
                        ? Finding.good(subject, "answers at " + where)
                        : Finding.bad(
                                subject,
                                "does not answer at " + where + " within " + vote.patience()
                                        + " ms: without the other host of the pair, this one would not serve"));
        return out;
    }
}
