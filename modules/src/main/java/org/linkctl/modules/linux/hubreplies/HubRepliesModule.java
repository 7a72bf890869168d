package org.linkctl.modules.linux.hubreplies;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.linux.iprules.EarlierRules;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.modules.linux.kernel.RouteTables;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.routes.DependentRoutes;
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
import org.linkctl.spi.Warns;

/**
 * What a spoke is asked over its hub by whoever calls, with the callers' own addresses, is answered over the hub: a routing
 * table for each hub with one default route, rules of ip-rule(8) that lead there from marks and from the spoke's address, and a
 * table of nftables that marks connections by where they came in. A service keeps all three.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class HubRepliesModule
        implements Remembered<HubRepliesModule.Want, HubRepliesModule.Facts>,
                Examined<HubRepliesModule.Want, HubRepliesModule.Facts>,
                Warns<HubRepliesModule.Want, HubRepliesModule.Facts>,
                Rendered<HubRepliesModule.Want, HubRepliesModule.Facts> {
    private static final String RULES = "rules of ip-rule(8) of the priorities 982 to 985";
    private static final String ROUTES = "routes of the tables that these lead to";
    private static final Argv CLEAR = Argv.of(HubRepliesService.PATH, "clear");

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

        TableService service() {
            KeptService service = HubRepliesService.of(replies);
            return new TableService(replies.isEmpty() ? service.none() : service, HubRepliesService.TABLE, CLEAR);
        }

        Set<IpRule> rules() {
            return new TreeSet<>(HubReply.rules(replies));
        }

        Set<String> routes() {
            return replies.stream().map(HubReply::route).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * What was found.
     *
     * @param all rules, those of others, too
     * @param others the routes of others
     */
    record Facts(TableService.Found found, Set<IpRule> all, Set<String> routes, DependentRoutes others) {
        Set<IpRule> rules() {
            return HubReply.among(all);
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

    /** Those of the protocol by which the service sets its own. */
    private static Question.Command routes(boolean v6) {
        return Question.command("ip", "-j", v6 ? "-6" : "-4", "route", "show", "table", "all", "proto", "kernel");
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(want.service().questions());
        out.addAll(IpRule.questions());
        out.addAll(RouteTables.questions());
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(want.service().read(answers), IpRule.read(answers), ours(answers), RouteTables.read(answers));
    }

    private static Set<String> ours(Answers answers) {
        Set<String> routes = new TreeSet<>();
        for (boolean v6 : new boolean[] {false, true}) {
            Answer.Output said = answers.to(routes(v6));
            if (v6 && !said.ok()) continue; // a kernel without IPv6
            for (JsonNode route : Json.objects("ip route show", answers.stdout(routes(v6)))) {
                if (!HubReply.isTable(route.path("table").asText())) continue;
                String via =
                        route.has("gateway") ? " via " + route.path("gateway").asText() : "";
                routes.add((v6 ? "-6 " : "-4 ") + Json.text(route, "dst") + via + " dev "
                        + route.path("dev").asText("?") + " table " + Json.text(route, "table"));
            }
        }
        return routes;
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(TableService.Found.NONE, Set.of(), Set.of(), DependentRoutes.NONE);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        boolean rules = !want.rules().equals(have.rules());
        boolean routes = !want.routes().equals(have.routes());
        List<Change> out = new ArrayList<>(want.service().diff(have.found(), rules || routes));
        if (routes) out.add(Change.state(ROUTES, lines(have.routes()), lines(want.routes())));
        if (rules) out.add(rules(want.rules(), have.rules()));
        return out;
    }

    /** Who is answered by what goes gets answers from elsewhere, with another source address than the one that was called. */
    private static Change rules(Set<IpRule> wanted, Set<IpRule> now) {
        Change change = Change.state(RULES, lines(shown(now)), lines(shown(wanted)));
        return now.stream().anyMatch(rule -> HubReply.leads(rule) && !wanted.contains(rule)) ? change.cuts() : change;
    }

    private static Set<String> shown(Set<IpRule> rules) {
        return rules.stream().map(IpRule::shown).collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable String lines(Set<String> texts) {
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        KeptService service = want.service().service();
        boolean nothing = have.found().table().now() == null
                && have.rules().isEmpty()
                && have.routes().isEmpty();
        return service.steps(
                have.found().service(),
                changes,
                nothing ? List.of(CLEAR) : List.of(),
                nothing ? List.of() : stopped(have));
    }

    /** Nothing is marked any more before rules go, and no rule leads to a table before its route goes. */
    private static List<Step> stopped(Facts have) {
        // Where somebody has taken the program away, nothing else knows what it has set.
        if (have.found().service().texts().containsKey(HubRepliesService.PATH))
            return List.of(new Step.Run(CLEAR, List.of(Argv.of(HubRepliesService.PATH, "load"))));
        List<Step> out = new ArrayList<>();
        if (have.found().table().now() != null) out.add(new Step.Run(HubRepliesService.TABLE.deletion(), List.of()));
        have.rules().forEach(rule -> out.add(rule.removal()));
        for (String route : have.routes()) {
            List<String> words = List.of(route.split(" ", -1));
            out.add(Step.run("ip", words.getFirst(), "route", "flush", "table", words.getLast()));
        }
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.replies().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return want.service().service().foreign(have.found().service());
    }

    private static Optional<IpRule> before(HubReply reply, Facts have) {
        return EarlierRules.before(
                        HubReply.FIRST, reply.v6(), List.of(reply.kept().address()), have.all(), have.others())
                .stream()
                .findFirst();
    }

    @Override
    public List<String> warnings(Want want, Facts have) {
        List<String> out = new ArrayList<>();
        for (HubReply reply : want.replies())
            before(reply, have)
                    .ifPresent(rule -> out.add("the rule of ip-rule(8) '" + rule.shown()
                            + "' comes before those of linkctl and has an answer for all: what is asked over "
                            + reply.device() + " is not answered over it. Take it away, or give it a priority above "
                            + HubReply.LAST));
        return out;
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return List.of();
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.replies().isEmpty()) return List.of();
        List<Finding> out = new ArrayList<>();
        out.add(
                have.found().service().running()
                        ? Finding.good(HubRepliesService.UNIT, "keeps marks, rules and routes")
                        : Finding.bad(HubRepliesService.UNIT, "does not run: nobody keeps marks, rules and routes"));
        for (HubReply reply : want.replies()) out.add(finding(reply, have));
        return out;
    }

    private static Finding finding(HubReply reply, Facts have) {
        String subject = reply.subject();
        if (!have.routes().contains(reply.route()))
            return Finding.bad(subject, "table " + reply.table() + " has no route there: callers get no answer");
        if (!have.rules().containsAll(reply.rules()))
            return Finding.bad(subject, "rules that lead to table " + reply.table() + " are missing");
        if (!have.found().table().isAsLoaded())
            return Finding.bad(subject, HubRepliesService.TABLE.subject() + " is not as it should be");
        return before(reply, have)
                .map(rule -> Finding.bad(
                        subject, "the rule '" + rule.shown() + "' comes before linkctl's: that one answers"))
                .orElseGet(() -> Finding.good(subject, "go to table " + reply.table()));
    }
}
