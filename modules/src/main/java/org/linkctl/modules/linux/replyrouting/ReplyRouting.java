package org.linkctl.modules.linux.replyrouting;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.iprules.EarlierRules;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.modules.linux.kernel.RouteTables;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;

/**
 * Ways by which answers leave: a routing table for each with one default route, rules of ip-rule(8) that lead there, and a
 * table of nftables that sets the marks which these go by. A service keeps all three.
 *
 * @param ways none: there shall be nothing of all this
 * @param marks the text of the table of nftables
 */
public record ReplyRouting(ReplyKind kind, List<? extends ReplyWay> ways, String marks) {
    private static final String ROUTES = "routes of the tables that they lead to";

    public ReplyRouting {
        ways = List.copyOf(ways);
    }

    /**
     * What was found.
     *
     * @param all rules, those of others, too
     * @param routes of the tables of this kind
     * @param others the routes of others, and how linkctl's own session comes
     */
    public record Found(
            ReplyKind kind, TableService.Found service, Set<IpRule> all, Set<String> routes, DependentRoutes others) {
        public static Found none(ReplyKind kind) {
            return new Found(kind, TableService.Found.NONE, Set.of(), Set.of(), DependentRoutes.NONE);
        }

        public Set<IpRule> rules() {
            return kind.among(all);
        }

        private boolean isNothing() {
            return service.table().now() == null && rules().isEmpty() && routes.isEmpty();
        }
    }

    private Argv clear() {
        return Argv.of(kind.path(), "clear");
    }

    private TableService service() {
        KeptService service = kind.service(ways, marks);
        return new TableService(ways.isEmpty() ? service.none() : service, kind.table(), clear());
    }

    public Set<IpRule> rules() {
        return new TreeSet<>(ReplyKind.rules(ways));
    }

    public Set<String> routes() {
        return ways.stream().map(ReplyWay::route).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of the protocol by which the service sets its own. */
    private static Question.Command routes(boolean v6) {
        return Question.command("ip", "-j", v6 ? "-6" : "-4", "route", "show", "table", "all", "proto", "kernel");
    }

    public static List<Question<?>> routeQuestions() {
        return List.of(routes(false), routes(true));
    }

    public List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>(service().questions());
        out.addAll(IpRule.questions());
        out.addAll(RouteTables.questions());
        return out;
    }

    public Found read(Answers answers) {
        return new Found(
                kind, service().read(answers), IpRule.read(answers), routes(kind, answers), RouteTables.read(answers));
    }

    /** The routes of the tables of a kind. */
    public static Set<String> routes(ReplyKind kind, Answers answers) {
        Set<String> routes = new TreeSet<>();
        for (boolean v6 : new boolean[] {false, true}) {
            Answer.Output said = answers.to(routes(v6));
            if (v6 && !said.ok()) continue; // a kernel without IPv6
            for (JsonNode route : Json.objects("ip route show", answers.stdout(routes(v6))))
                if (kind.isTable(route.path("table").asText())) routes.add(shown(v6, route));
        }
        return routes;
    }

    private static String shown(boolean v6, JsonNode route) {
        String via = Ip.parse(route.path("gateway").asText())
                .map(gateway -> " via " + gateway.text())
                .orElse("");
        return (v6 ? "-6 " : "-4 ") + Json.text(route, "dst") + via + " dev "
                + route.path("dev").asText("?") + " table " + Json.text(route, "table");
    }

    public List<Change> diff(Found have) {
        boolean rules = !rules().equals(have.rules());
        boolean routes = !routes().equals(have.routes());
        List<Change> out = new ArrayList<>(service().diff(have.service(), rules || routes));
        if (routes) out.add(Change.state(ROUTES, lines(have.routes()), lines(routes())));
        if (rules) out.add(rules(rules(), have.rules()));
        return out;
    }

    /** Who is answered by what goes is answered elsewhere: where nobody passes it on, or with another address than was called. */
    private Change rules(Set<IpRule> wanted, Set<IpRule> now) {
        String subject = "rules of ip-rule(8) of the priorities " + kind.first() + " to " + kind.last();
        Change change = Change.state(subject, lines(shown(now)), lines(shown(wanted)));
        return now.stream().anyMatch(rule -> kind.leads(rule) && !wanted.contains(rule)) ? change.cuts() : change;
    }

    private static Set<String> shown(Set<IpRule> rules) {
        return rules.stream().map(IpRule::shown).collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable String lines(Set<String> texts) {
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    public List<Step> steps(Found have, List<Change> changes) {
        boolean nothing = have.isNothing();
        return service()
                .service()
                .steps(
                        have.service().service(),
                        changes,
                        nothing ? List.of(clear()) : List.of(),
                        nothing ? List.of() : stopped(have));
    }

    /** Nothing is marked any more before rules go, and no rule leads to a table before its route goes. */
    private List<Step> stopped(Found have) {
        // Where somebody has taken the program away, nothing else knows what it has set.
        if (have.service().service().texts().containsKey(kind.path()))
            return List.of(new Step.Run(clear(), List.of(Argv.of(kind.path(), "load"))));
        List<Step> out = new ArrayList<>();
        if (have.service().table().now() != null)
            out.add(new Step.Run(kind.table().deletion(), List.of()));
        have.rules().forEach(rule -> out.add(rule.removal()));
        for (String route : have.routes()) {
            List<String> words = List.of(route.split(" ", -1));
            out.add(Step.run("ip", words.getFirst(), "route", "flush", "table", words.getLast()));
        }
        return out;
    }

    public List<String> foreign(Found have) {
        return service().service().foreign(have.service().service());
    }

    private List<IpRule> before(ReplyWay way, Found have) {
        return EarlierRules.before(kind.first(), way.v6(), way.addresses(), have.all(), have.others());
    }

    /** Rules of others that have an answer before those of linkctl are asked. */
    public List<String> warnings(Found have) {
        List<String> out = new ArrayList<>();
        for (ReplyWay way : ways) {
            for (IpRule rule : before(way, have))
                out.add("the rule of ip-rule(8) '" + rule.shown()
                        + "' comes before those of linkctl and has an answer for all: " + way.lost()
                        + ". Take it away, or give it a priority above " + kind.last());
        }
        return out;
    }

    public Finding running(Found have) {
        return have.service().service().running()
                ? Finding.good(kind.unit(), "keeps marks, rules and routes")
                : Finding.bad(kind.unit(), "does not run: nobody keeps marks, rules and routes");
    }

    /** What keeps answers from a way; empty: nothing does. */
    public Optional<Finding> fault(ReplyWay way, Found have) {
        return Optional.ofNullable(wrong(way, have)).map(what -> Finding.bad(way.subject(), what));
    }

    private @Nullable String wrong(ReplyWay way, Found have) {
        OwnTable table = kind.table();
        if (!have.routes().contains(way.route())) return "table " + way.table() + " has no route there: " + way.lost();
        if (!have.rules().containsAll(way.rules())) return "rules that lead to table " + way.table() + " are missing";
        if (!have.service().table().isAsLoaded()) return table.subject() + " is not as it should be: " + way.lost();
        return before(way, have).stream()
                .findFirst()
                .map(rule -> "the rule '" + rule.shown() + "' comes before linkctl's: that one answers")
                .orElse(null);
    }
}
