package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.SimpleType;
import java.util.List;
import java.util.Map;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.Route;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.playbook.Action;
import org.linkctl.playbook.Batches;
import org.linkctl.playbook.Way;

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

    /** Whether traffic has another way while nothing is sent over a tunnel, as far as the inventory says. */
    public boolean hasOtherWay(Tunnel tunnel) {
        return hasOtherWay(Way.of(tunnel));
    }

    /** Whether traffic has another way while nothing is sent through a host, as far as the inventory says. */
    public boolean hasOtherWay(Host host) {
        return hasOtherWay(Way.of(fabric(), host));
    }

    private boolean hasOtherWay(Way way) {
        return !way.paths().isEmpty() && Way.lost(fabric(), way.paths()).isEmpty();
    }

    /** A part with a name, at which a run may begin ({@code --from}). */
    public void step(
            String title, @DelegatesTo(value = StepsSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        if (title.isBlank() || title.matches("[0-9]+")) {
            run.error(
                    run.position().declaring().ofName(),
                    "'" + MessageText.shown(title) + "' is no title of a step",
                    "--from names it, and takes a number for the number of a step",
                    null);
        }
        run.tasks().titled(title, () -> run(new StepsSpec(run), body));
    }

    /** The same steps for one host after the other, or for several at once. */
    public void eachHost(
            @NamedParams({
                        @NamedParam(value = "among", type = Object.class),
                        @NamedParam(value = "serial", type = Integer.class)
                    })
                    Map<String, Object> attributes,
            @DelegatesTo(value = StepsSpec.class, strategy = Closure.DELEGATE_ONLY)
                    @ClosureParams(value = SimpleType.class, options = "org.linkctl.model.Host")
                    Closure<?> body) {
        AttributeValues values = values(attributes);
        List<Host> among = of(values, attributes).hosts("among");
        int serial = values.number("serial").orElse(1);
        if (serial < 1) {
            values.refuse(
                    values.use().of("serial"), "serial: expected 1 or more hosts at once, got " + serial, "", "1");
        }
        for (List<Host> batch : Batches.of(fabric(), among, Math.max(serial, 1))) {
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
        add(
                values,
                new Action.Apply(
                        of(values, attributes).hosts("hosts"),
                        values.texts("only"),
                        of(values, attributes).tunnels("rotatePsk"),
                        of(values, attributes).tunnels("rotateKey")));
    }

    /** Leads traffic around a tunnel. */
    public void drain(Tunnel tunnel) {
        add(values(), new Action.Drain(Way.of(tunnel)));
    }

    /** Leads traffic around a host, by the other one of its pair and by other tunnels. */
    public void drain(Host host) {
        add(values(), new Action.Drain(Way.of(fabric(), host)));
    }

    /** A tunnel or a host by its name. */
    public void drain(String name) {
        AttributeValues values = values();
        of(values, Map.of()).way(name).ifPresent(way -> add(values, new Action.Drain(way)));
    }

    /** Lets traffic go over a tunnel again. */
    public void undrain(Tunnel tunnel) {
        add(values(), new Action.Undrain(Way.of(tunnel)));
    }

    /** Lets traffic go through a host again. */
    public void undrain(Host host) {
        add(values(), new Action.Undrain(Way.of(fabric(), host)));
    }

    /** A tunnel or a host by its name. */
    public void undrain(String name) {
        AttributeValues values = values();
        of(values, Map.of()).way(name).ifPresent(way -> add(values, new Action.Undrain(way)));
    }

    /** Reboots a host, and waits until it is back and in health. */
    public void reboot(
            @NamedParams(@NamedParam(value = "within", type = Integer.class)) Map<String, Object> attributes,
            Host host) {
        reboot(values(attributes), attributes, host);
    }

    /** A host by its name. */
    public void reboot(
            @NamedParams(@NamedParam(value = "within", type = Integer.class)) Map<String, Object> attributes,
            String host) {
        AttributeValues values = values(attributes);
        of(values, attributes).host(host).ifPresent(found -> reboot(values, attributes, found));
    }

    private void reboot(AttributeValues values, Map<String, Object> attributes, Host host) {
        add(values, new Action.Reboot(List.of(host), of(values, attributes).positive("within", REBOOT_SECONDS)));
    }

    /** Runs a command on a host, as root. */
    public void command(
            @NamedParams({
                        @NamedParam(value = "status", type = Integer.class),
                        @NamedParam(value = "says", type = String.class),
                        @NamedParam(value = "lacks", type = String.class),
                        @NamedParam(value = "matches", type = String.class)
                    })
                    Map<String, Object> attributes,
            Host host,
            List<?> command) {
        command(values(attributes), host, command);
    }

    /** On a host by its name. */
    public void command(
            @NamedParams({
                        @NamedParam(value = "status", type = Integer.class),
                        @NamedParam(value = "says", type = String.class),
                        @NamedParam(value = "lacks", type = String.class),
                        @NamedParam(value = "matches", type = String.class)
                    })
                    Map<String, Object> attributes,
            String host,
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
                        @NamedParam(value = "flows", type = Integer.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        AttributeValues values = values(attributes);
        add(
                values,
                new Action.Measure(
                        of(values, attributes).hosts("hosts"),
                        name,
                        of(values, attributes).positive("seconds", MEASURED_SECONDS),
                        of(values, attributes).positive("flows", FLOWS)));
    }

    /** Asks a host until the answer is what is expected. */
    public void waitFor(
            @NamedParams({
                        @NamedParam(value = "status", type = Integer.class),
                        @NamedParam(value = "says", type = String.class),
                        @NamedParam(value = "lacks", type = String.class),
                        @NamedParam(value = "matches", type = String.class),
                        @NamedParam(value = "within", type = Integer.class)
                    })
                    Map<String, Object> attributes,
            Host host,
            List<?> question) {
        waitFor(values(attributes), attributes, host, question);
    }

    /** A host by its name. */
    public void waitFor(
            @NamedParams({
                        @NamedParam(value = "status", type = Integer.class),
                        @NamedParam(value = "says", type = String.class),
                        @NamedParam(value = "lacks", type = String.class),
                        @NamedParam(value = "matches", type = String.class),
                        @NamedParam(value = "within", type = Integer.class)
                    })
                    Map<String, Object> attributes,
            String host,
            List<?> question) {
        AttributeValues values = values(attributes);
        of(values, attributes).host(host).ifPresent(found -> waitFor(values, attributes, found, question));
    }

    private void waitFor(AttributeValues values, Map<String, Object> attributes, Host host, List<?> question) {
        Commands commands = new Commands(values, question);
        int within = of(values, attributes).positive("within", WAIT_SECONDS);
        commands.words().ifPresent(words -> add(values, new Action.WaitFor(host, words, commands.expected(), within)));
    }

    /** Begins to ping one host from another over the routes between their sites. */
    public void watch(
            @NamedParams({
                        @NamedParam(value = "from", type = Object.class, required = true),
                        @NamedParam(value = "to", type = Object.class, required = true)
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

    private StepValues of(AttributeValues values, Map<String, Object> attributes) {
        return new StepValues(run, values, attributes);
    }

    private void add(AttributeValues values, Action action) {
        run.tasks().add(action, values.at());
    }
}
