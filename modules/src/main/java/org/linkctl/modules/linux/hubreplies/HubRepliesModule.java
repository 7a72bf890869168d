package org.linkctl.modules.linux.hubreplies;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.replyrouting.ReplyRouting;
import org.linkctl.shell.Step;
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
import org.linkctl.spi.Warns;

/**
 * What a spoke is asked over its hub by whoever calls, with the callers' own addresses, is answered over the hub: a routing
 * table for each hub with one default route, rules of ip-rule(8) that lead there from marks and from the spoke's address, and a
 * table of nftables that marks connections by where they came in. A service keeps all three.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class HubRepliesModule
        implements Remembered<HubRepliesModule.Want, ReplyRouting.Found>,
                Examined<HubRepliesModule.Want, ReplyRouting.Found>,
                Warns<HubRepliesModule.Want, ReplyRouting.Found>,
                Rendered<HubRepliesModule.Want, ReplyRouting.Found> {
    /** What is answered over which hubs; nothing: there shall be none of all this. */
    record Want(List<HubReply> replies) implements Resource {
        Want {
            replies = List.copyOf(replies);
        }

        @Override
        public String id() {
            return "linux.hub-replies";
        }

        @Override
        public Set<String> needs() {
            if (replies.isEmpty()) return Set.of();
            Set<String> out = new LinkedHashSet<>(List.of("package:nftables"));
            replies.forEach(reply -> out.add("tunnel:" + reply.device()));
            return out;
        }

        ReplyRouting routing() {
            return new ReplyRouting(HubReply.KIND, replies, HubRepliesTable.text(replies));
        }
    }

    @Override
    public String name() {
        return "linux.hub-replies";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<HubReply> replies = HubReply.of(scope.fabric(), scope.host());
        return replies.isEmpty() ? List.of() : List.of(new Want(replies));
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
        return ReplyRouting.Found.none(HubReply.KIND);
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
    public Optional<Memory> memory(Want want, ReplyRouting.Found have, Optional<Memory> before) {
        return want.replies().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    public List<String> adopts(Want want, ReplyRouting.Found have) {
        return want.routing().foreign(have);
    }

    @Override
    public List<String> warnings(Want want, ReplyRouting.Found have) {
        return want.routing().warnings(have);
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return List.of();
    }

    @Override
    public List<Finding> findings(Want want, ReplyRouting.Found have, Answers answers) {
        if (want.replies().isEmpty()) return List.of();
        ReplyRouting routing = want.routing();
        List<Finding> out = new ArrayList<>(List.of(routing.running(have)));
        for (HubReply reply : want.replies())
            out.add(routing.fault(reply, have)
                    .orElseGet(() -> Finding.good(reply.subject(), "go to table " + reply.table())));
        return out;
    }
}
