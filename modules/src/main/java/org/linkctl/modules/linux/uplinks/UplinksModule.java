package org.linkctl.modules.linux.uplinks;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.linux.replyrouting.ReplyRouting;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Warns;

/**
 * What was asked by an interface is answered through its neighbour: a routing table for each with one default route, rules of
 * ip-rule(8) that lead there from the interface's addresses and from marks, and a table of nftables that marks connections by
 * where they came in. A service keeps all three.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class UplinksModule
        implements Imported,
                Remembered<UplinksModule.Want, ReplyRouting.Found>,
                Examined<UplinksModule.Want, ReplyRouting.Found>,
                Warns<UplinksModule.Want, ReplyRouting.Found>,
                Rendered<UplinksModule.Want, ReplyRouting.Found> {
    /** What is answered through which neighbours; nothing: there shall be none of all this. */
    record Want(List<Uplink> uplinks) implements Resource {
        Want {
            uplinks = List.copyOf(uplinks);
        }

        @Override
        public String id() {
            return "linux.uplinks";
        }

        @Override
        public Set<String> provides() {
            return uplinks.isEmpty() ? Set.of() : Set.of(Provided.ANSWERS);
        }

        @Override
        public Set<String> needs() {
            if (uplinks.isEmpty()) return Set.of();
            Set<String> out = new LinkedHashSet<>(List.of("package:nftables", "package:iputils-ping"));
            for (Uplink uplink : uplinks) {
                out.add("interface:" + uplink.device());
                out.add("address:" + uplink.device());
            }
            return out;
        }

        ReplyRouting routing() {
            return new ReplyRouting(Uplink.KIND, uplinks, UplinksTable.text(uplinks));
        }
    }

    @Override
    public String name() {
        return "linux.uplinks";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<Uplink> uplinks = Uplink.of(scope.fabric(), scope.host());
        return uplinks.isEmpty() ? List.of() : List.of(new Want(uplinks));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return want.routing().questions();
    }

    @Override
    public ReplyRouting.Found facts(Want want, Answers answers) {
        return want.routing().read(answers);
    }

    @Override
    public ReplyRouting.Found bare(Want want) {
        return ReplyRouting.Found.none(Uplink.KIND);
    }

    @Override
    public List<Change> diff(Want want, ReplyRouting.Found have) {
        return want.routing().diff(have);
    }

    @Override
    public List<Step> steps(Want want, ReplyRouting.Found have, List<Change> changes) {
        return want.routing().steps(have, changes);
    }

    @Override
    public List<String> warnings(Want want, ReplyRouting.Found have) {
        List<String> out = new ArrayList<>(want.routing().warnings(have));
        OwnSession.warning(want.routing(), have).ifPresent(out::add);
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, ReplyRouting.Found have, Optional<Memory> before) {
        return want.uplinks().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    public List<String> adopts(Want want, ReplyRouting.Found have) {
        return want.routing().foreign(have);
    }

    /** One answer, or ten seconds, as long as a neighbour that was rebooted may take to be found (arp(7)). */
    private static Question.Command ping(Uplink uplink) {
        return Question.command(
                "ping",
                "-n",
                "-c",
                "1",
                "-w",
                "10",
                "-I",
                uplink.device(),
                uplink.gateway().text());
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return want.uplinks().stream().<Question<?>>map(UplinksModule::ping).toList();
    }

    @Override
    public List<Finding> findings(Want want, ReplyRouting.Found have, Answers answers) {
        if (want.uplinks().isEmpty()) return List.of();
        ReplyRouting routing = want.routing();
        List<Finding> out = new ArrayList<>(List.of(routing.running(have)));
        for (Uplink uplink : want.uplinks())
            out.add(routing.fault(uplink, have).orElseGet(() -> neighbour(uplink, answers)));
        return out;
    }

    private static Finding neighbour(Uplink uplink, Answers answers) {
        return answers.to(ping(uplink)).ok()
                ? Finding.good(uplink.subject(), "answers, and so goes what was asked by " + uplink.device())
                : Finding.bad(uplink.subject(), "does not answer");
    }

    @Override
    public List<Question<?>> importing() {
        List<Question<?>> out = new ArrayList<>(IpRule.questions());
        out.addAll(ReplyRouting.routeQuestions());
        return out;
    }

    @Override
    public List<Found> found(Answers answers) {
        return UplinksFound.of(IpRule.read(answers), ReplyRouting.routes(Uplink.KIND, answers));
    }
}
