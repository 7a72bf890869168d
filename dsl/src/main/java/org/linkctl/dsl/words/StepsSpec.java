package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.SimpleType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.diag.Diagnostic;
import org.linkctl.dsl.report.InventoryException;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.model.Fabric;
import org.linkctl.model.Group;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.Route;
import org.linkctl.model.Site;
import org.linkctl.model.SshTarget;
import org.linkctl.model.Tunnel;
import org.linkctl.playbook.Action;
import org.linkctl.playbook.Batches;
import org.linkctl.shell.Argv;
import org.linkctl.spi.ReplacesKeys;

/** The steps of a playbook. Each word adds one to the list; none is done while the file is read. */
public class StepsSpec extends Words {
    private static final int REBOOT_SECONDS = 600;
    private static final int WAIT_SECONDS = 120;
    private static final int MEASURED_SECONDS = 10;
    private static final int FLOWS = 24;
    private static final int OUTAGE_SECONDS = 10;

    private final PlaybookRun run;
    private final ModelValues model;

    StepsSpec(PlaybookRun run) {
        super(run);
        this.run = run;
        this.model = new ModelValues(run);
    }

    PlaybookRun playbookRun() {
        return run;
    }

    ModelValues model() {
        return model;
    }

    private Fabric fabric() {
        return run.fabric();
    }

    /** All hosts of the inventory, in the declared order. */
    public List<Host> getHosts() {
        return fabric().hosts();
    }

    /** All pairs. */
    public List<Pair> getPairs() {
        return fabric().pairs();
    }

    /** All groups of hosts, those of tags too. */
    public List<Group> getGroups() {
        return fabric().groups();
    }

    /** All tunnels. */
    public List<Tunnel> getTunnels() {
        return fabric().tunnels();
    }

    /** All sites. */
    public List<Site> getSites() {
        return fabric().sites();
    }

    /** All routes. */
    public List<Route> getRoutes() {
        return fabric().routes();
    }

    /**
     * Whether traffic has another way while nothing is sent over a tunnel, over all tunnels of a group or through a host,
     * as far as the inventory says.
     */
    public boolean hasOtherWay(@Takes("a tunnel or a host, or its name") Object what) {
        return new AskedValues(run, model, "hasOtherWay", what).hasOtherWay();
    }

    /** The other hosts that have to change with new ones: the far ends of their tunnels and hubs, and who goes through them. */
    public List<Host> linkedTo(@Takes("hosts, a pair or a site, or the name of one or of a group") Object what) {
        return new AskedValues(run, model, "linkedTo", what).linked();
    }

    /** A part with a name, at which a run may begin ({@code --from}), and in which another user may log in. */
    public void step(
            @NamedParams(@NamedParam(value = "login", type = String.class)) Map<String, Object> attributes,
            String title,
            @DelegatesTo(value = StepsSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        if (title.isBlank() || title.matches("[0-9]+")) {
            run.error(
                    run.position().declaring().ofName(),
                    "'" + MessageText.shown(title) + "' is no title of a step",
                    "--from names it, and takes a number for the number of a step",
                    null);
        }
        String login = login(values(attributes));
        run.tasks().titled(title, () -> run.tasks().as(login, () -> run(new StepsSpec(run), body)));
    }

    /** Empty, too, where it is written so: a parameter may leave it to the inventory. */
    private static String login(AttributeValues values) {
        String login = values.text("login").orElse("");
        if (login.isEmpty() || SshTarget.isUser(login)) return login;
        values.refuse(
                values.use().of("login"),
                "login: '" + MessageText.shown(login) + "' is no name of a user",
                "as ssh(1) takes it before the @, or '' for who the inventory says",
                null);
        return "";
    }

    /** The same steps for one host after the other, or for several at once. */
    public void eachHost(
            @CountOrShare("serial")
                    @NamedParams({
                        @NamedParam(value = "among", type = Object.class),
                        @NamedParam(value = "serial", type = Object.class)
                    })
                    Map<String, Object> attributes,
            @DelegatesTo(value = StepsSpec.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "org.linkctl.model.Host")
                    Closure<?> body) {
        AttributeValues values = values(attributes);
        List<Host> among = of(values, attributes).several("among");
        Batches.Size size = of(values, attributes).batch("serial");
        for (List<Host> batch : Batches.of(fabric(), among, size)) {
            run.tasks().together(batch, host -> run(new StepsSpec(run), body, host));
        }
    }

    /** Shows a text. */
    public void say(String text) {
        add(values(), new Action.Say(text));
    }

    /** Asks a person to agree. */
    public void ask(String question) {
        add(values(), new Action.Ask(question));
    }

    /** Says that for these values there are no right steps: the reading ends here, with an error. */
    public void refuse(String why) {
        // What follows from the stand-in for a value that is missing, or wrong, is no mistake.
        if (run.standsIn()) return;
        throw new InventoryException(Diagnostic.error(values().at(), MessageText.shown(why)));
    }

    /** Checks health, as {@code linkctl verify} does. */
    public void verify(@NamedParams(@NamedParam(value = "hosts", type = Object.class)) Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        add(values, new Action.Verify(of(values, attributes).hosts("hosts")));
    }

    /** Brings hosts to their declared state, as {@code linkctl apply} does. */
    public void apply(
            @NamedParams({
                        @NamedParam(value = "hosts", type = Object.class),
                        @NamedParam(value = "only", type = Object.class),
                        @NamedParam(value = "rotatePsk", type = Object.class),
                        @NamedParam(value = "rotateKey", type = Object.class)
                    })
                    Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        StepValues read = of(values, attributes);
        List<Host> hosts = read.hosts("hosts");
        List<String> only = read.modules("only");
        List<String> psk = read.rotated("rotatePsk", Rotation::whyNotPsk, ReplacesKeys.Key.PRE_SHARED, only);
        List<String> key = read.rotated("rotateKey", Rotation::whyNotKey, ReplacesKeys.Key.PRIVATE, only);
        add(values, new Action.Apply(hosts, only, psk, key));
    }

    /** Takes something out of service: a tunnel, a group of them, several tunnels, a host, or a site that is published. */
    public void drain(@Takes(Takes.WAY) Object what) {
        AttributeValues values = values();
        of(values, Map.of()).way(what).ifPresent(way -> add(values, new Action.Drain(way)));
    }

    /** Puts it back, as far as this playbook has taken it out. */
    public void undrain(@Takes(Takes.WAY) Object what) {
        AttributeValues values = values();
        of(values, Map.of()).way(what).ifPresent(way -> add(values, new Action.Undrain(way)));
    }

    /** Reboots a host, and waits until it is back and in health. */
    public void reboot(
            @NamedParams(@NamedParam(value = "within", type = Integer.class)) Map<String, Object> attributes,
            @Takes(Takes.HOST) Object host) {
        AttributeValues values = values(attributes);
        of(values, attributes).host(host).ifPresent(found -> reboot(values, attributes, found));
    }

    private void reboot(AttributeValues values, Map<String, Object> attributes, Host host) {
        add(values, new Action.Reboot(List.of(host), of(values, attributes).positive("within", REBOOT_SECONDS)));
    }

    /** Runs a command on a host, as root. */
    public void command(
            @AnyText({"says", "lacks", "matches"})
                    @NamedParams({
                        @NamedParam(value = "status", type = Integer.class),
                        @NamedParam(value = "says", type = String.class),
                        @NamedParam(value = "lacks", type = String.class),
                        @NamedParam(value = "matches", type = String.class)
                    })
                    Map<String, Object> attributes,
            @Takes(Takes.HOST) Object host,
            List<?> command) {
        AttributeValues values = values(attributes);
        of(values, attributes).host(host).ifPresent(found -> command(values, found, command));
    }

    private void command(AttributeValues values, Host host, List<?> command) {
        Commands commands = new Commands(values, command);
        commands.words().ifPresent(words -> add(values, new Action.Run(host, words, commands.expected())));
    }

    /** Measures the throughput of the routes between hosts, as {@code linkctl verify --throughput} does. */
    public void measure(
            @NamedParams({
                        @NamedParam(value = "hosts", type = Object.class),
                        @NamedParam(value = "seconds", type = Integer.class),
                        @NamedParam(value = "flows", type = Integer.class),
                        @NamedParam(value = "accept", type = Boolean.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        if (name.isBlank())
            run.error(values.use().ofName(), "'' is no name for figures", "they are kept under it", null);
        add(
                values,
                new Action.Measure(
                        of(values, attributes).measured("hosts"),
                        name,
                        of(values, attributes).upTo(Action.Measure.LONGEST, "seconds", MEASURED_SECONDS),
                        of(values, attributes).upTo(Action.Measure.MOST_FLOWS, "flows", FLOWS),
                        values.flagOr("accept", false)));
    }

    /** Asks a host until the answer is what is expected. */
    public void waitFor(
            @AnyText({"says", "lacks", "matches", "kept"})
                    @NamedParams({
                        @NamedParam(value = "status", type = Integer.class),
                        @NamedParam(value = "says", type = String.class),
                        @NamedParam(value = "lacks", type = String.class),
                        @NamedParam(value = "matches", type = String.class),
                        @NamedParam(value = "within", type = Integer.class),
                        @NamedParam(value = "kept", type = String.class)
                    })
                    Map<String, Object> attributes,
            @Takes(Takes.HOST) Object host,
            List<?> question) {
        AttributeValues values = values(attributes);
        of(values, attributes).host(host).ifPresent(found -> waitFor(values, attributes, found, question));
    }

    private void waitFor(AttributeValues values, Map<String, Object> attributes, Host host, List<?> question) {
        Commands commands = new Commands(values, question);
        int within = of(values, attributes).positive("within", WAIT_SECONDS);
        String kept = values.text("kept").orElse("");
        commands.words()
                .ifPresent(words -> add(values, new Action.WaitFor(host, words, commands.expected(), within, kept)));
    }

    /** Begins to ping one host from another over the routes between their sites. */
    public void watch(
            @NamedParams({
                        @NamedParam(value = "from", type = Object.class, required = true),
                        @NamedParam(value = "to", type = Object.class, required = true),
                        @NamedParam(value = "tcp", type = Boolean.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        new Watches(run, model, values, name).begin(attributes).ifPresent(watch -> add(values, watch));
    }

    /** Ends that ping, and tells what was lost. */
    public void outage(
            @NamedParams(@NamedParam(value = "most", type = Integer.class)) Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        int most = of(values, attributes).positive("most", OUTAGE_SECONDS);
        new Watches(run, model, values, name).end(most).ifPresent(outage -> add(values, outage));
    }

    /** Waits until hosts are in health. */
    public void waitForHealth(
            @NamedParams({
                        @NamedParam(value = "hosts", type = Object.class),
                        @NamedParam(value = "within", type = Integer.class)
                    })
                    Map<String, Object> attributes) {
        AttributeValues values = values(attributes);
        add(
                values,
                new Action.WaitForHealth(
                        of(values, attributes).hosts("hosts"),
                        of(values, attributes).positive("within", WAIT_SECONDS)));
    }

    /** Steps that are done only where a host answers what is expected, which is found out when it is their turn. */
    public void when(
            @AnyText({"says", "lacks", "matches"})
                    @NamedParams({
                        @NamedParam(value = "status", type = Integer.class),
                        @NamedParam(value = "says", type = String.class),
                        @NamedParam(value = "lacks", type = String.class),
                        @NamedParam(value = "matches", type = String.class)
                    })
                    Map<String, Object> attributes,
            @Takes(Takes.HOST) Object host,
            List<?> question,
            @DelegatesTo(value = StepsSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        AttributeValues values = values(attributes);
        Commands commands = new Commands(values, question);
        Optional<Host> asked = of(values, attributes).host(host);
        Optional<Argv> words = commands.words();
        Runnable steps = () -> run(new StepsSpec(run), body);
        if (asked.isEmpty() || words.isEmpty()) steps.run();
        else run.tasks().where(asked.get(), words.get(), commands.expected(), steps);
    }

    private StepValues of(AttributeValues values, Map<String, Object> attributes) {
        return new StepValues(run, values, attributes);
    }

    private void add(AttributeValues values, Action action) {
        boolean lasts = action instanceof Action.Drain
                || action instanceof Action.Undrain
                || action instanceof Action.Watch
                || action instanceof Action.Outage;
        if (lasts && run.tasks().isConditional()) {
            values.refuse(
                    values.at(),
                    "'" + values.use().word() + "' cannot stand in when",
                    "what lasts beyond its step has to be known before the first one is done",
                    null);
        }
        run.tasks().add(action, values.at());
    }
}
