package org.linkctl.modules.linux.uplinks;

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
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.modules.linux.kernel.RouteTables;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
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
                Remembered<UplinksModule.Want, UplinksModule.Facts>,
                Examined<UplinksModule.Want, UplinksModule.Facts>,
                Warns<UplinksModule.Want, UplinksModule.Facts>,
                Rendered<UplinksModule.Want, UplinksModule.Facts> {
    private static final String RULES = "rules of ip-rule(8) of the priorities 986 to 989";
    private static final String ROUTES = "routes of the tables that they lead to";
    private static final Argv CLEAR = Argv.of(UplinksService.PATH, "clear");

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

        TableService service() {
            KeptService service = UplinksService.of(uplinks);
            return new TableService(uplinks.isEmpty() ? service.none() : service, UplinksService.TABLE, CLEAR);
        }

        Set<IpRule> rules() {
            return new TreeSet<>(Uplink.rules(uplinks));
        }

        Set<String> routes() {
            return uplinks.stream().map(Uplink::route).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * What was found.
     *
     * @param all rules, those of others, too
     * @param going the routes of others, and how linkctl's own session comes
     */
    record Facts(TableService.Found found, Set<IpRule> all, Set<String> routes, DependentRoutes going) {
        Set<IpRule> rules() {
            return Uplink.among(all);
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
            for (JsonNode route : Json.objects("ip route show", answers.stdout(routes(v6))))
                if (Uplink.isTable(route.path("table").asText())) routes.add(shown(v6, route));
        }
        return routes;
    }

    private static String shown(boolean v6, JsonNode route) {
        String via = Ip.parse(route.path("gateway").asText()).map(Ip::text).orElse("?");
        return (v6 ? "-6 " : "-4 ") + Json.text(route, "dst") + " via " + via + " dev "
                + route.path("dev").asText("?") + " table " + Json.text(route, "table");
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

    /** Who is answered by what goes is answered elsewhere, where most likely nobody passes it on. */
    private static Change rules(Set<IpRule> wanted, Set<IpRule> now) {
        Change change = Change.state(RULES, lines(shown(now)), lines(shown(wanted)));
        return now.stream().anyMatch(rule -> Uplink.leads(rule) && !wanted.contains(rule)) ? change.cuts() : change;
    }

    @Override
    public List<String> warnings(Want want, Facts have) {
        return UplinkWarnings.of(want, have);
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
        if (have.found().service().texts().containsKey(UplinksService.PATH))
            return List.of(new Step.Run(CLEAR, List.of(Argv.of(UplinksService.PATH, "load"))));
        List<Step> out = new ArrayList<>();
        if (have.found().table().now() != null) out.add(new Step.Run(UplinksService.TABLE.deletion(), List.of()));
        have.rules().forEach(rule -> out.add(rule.removal()));
        for (String route : have.routes()) {
            List<String> words = List.of(route.split(" ", -1));
            out.add(Step.run("ip", words.getFirst(), "route", "flush", "table", words.getLast()));
        }
        return out;
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.uplinks().isEmpty() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of()));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return want.service().service().foreign(have.found().service());
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
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        if (want.uplinks().isEmpty()) return List.of();
        List<Finding> out = new ArrayList<>();
        out.add(
                have.found().service().running()
                        ? Finding.good(UplinksService.UNIT, "keeps marks, rules and routes")
                        : Finding.bad(UplinksService.UNIT, "does not run: nobody keeps marks, rules and routes"));
        for (Uplink uplink : want.uplinks()) out.add(finding(uplink, have, answers));
        return out;
    }

    private static Finding finding(Uplink uplink, Facts have, Answers answers) {
        String subject = uplink.subject();
        if (!have.routes().contains(uplink.route()))
            return Finding.bad(subject, "table " + uplink.table() + " has no route there: the default route answers");
        if (!have.rules().containsAll(uplink.rules()))
            return Finding.bad(subject, "rules that lead to table " + uplink.table() + " are missing");
        if (!have.found().table().isAsLoaded())
            return Finding.bad(
                    subject,
                    UplinksService.TABLE.subject()
                            + " is not as it should be: what it passes on is answered elsewhere");
        List<IpRule> before = UplinkWarnings.before(uplink, have.all(), have.going());
        if (!before.isEmpty())
            return Finding.bad(
                    subject, "the rule '" + before.getFirst().shown() + "' comes before linkctl's: that one answers");
        return answers.to(ping(uplink)).ok()
                ? Finding.good(subject, "answers, and so goes what was asked by " + uplink.device())
                : Finding.bad(subject, "does not answer");
    }

    @Override
    public List<Question<?>> importing() {
        List<Question<?>> out = new ArrayList<>(IpRule.questions());
        out.addAll(List.of(routes(false), routes(true)));
        return out;
    }

    @Override
    public List<Found> found(Answers answers) {
        return UplinksFound.of(IpRule.read(answers), ours(answers));
    }
}
