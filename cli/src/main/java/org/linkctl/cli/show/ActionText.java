package org.linkctl.cli.show;

import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.model.Host;
import org.linkctl.playbook.Action;

/** What a step of a playbook does, in one line. */
public final class ActionText {
    private ActionText() {}

    /** The word of the step in a playbook. */
    public static String word(Action action) {
        return switch (action) {
            case Action.Say _ -> "say";
            case Action.Ask _ -> "ask";
            case Action.Verify _ -> "verify";
            case Action.Apply _ -> "apply";
            case Action.Drain _ -> "drain";
            case Action.Undrain _ -> "undrain";
            case Action.Reboot _ -> "reboot";
            case Action.Run _ -> "command";
            case Action.Measure _ -> "measure";
            case Action.WaitFor _ -> "waitFor";
            case Action.WaitForHealth _ -> "waitForHealth";
            case Action.Watch _ -> "watch";
            case Action.Outage _ -> "outage";
        };
    }

    /** What it takes out of service, or the name of its ping; empty for any other step. */
    public static String subject(Action action) {
        return switch (action) {
            case Action.Drain(var way) -> way.name();
            case Action.Undrain(var way) -> way.name();
            case Action.Watch watch -> "'" + watch.name() + "'";
            case Action.Outage outage -> "'" + outage.watch().name() + "'";
            default -> "";
        };
    }

    /** The hosts on which it does something, or which it asks. */
    public static List<String> hosts(Action action) {
        return switch (action) {
            case Action.Say _, Action.Ask _ -> List.of();
            case Action.Verify(var hosts) -> names(hosts);
            case Action.Apply apply -> names(apply.hosts());
            case Action.Drain(var way) -> List.copyOf(way.hosts());
            case Action.Undrain(var way) -> List.copyOf(way.hosts());
            case Action.Reboot(var hosts, int _) -> names(hosts);
            case Action.Run run -> List.of(run.host().name());
            case Action.Measure measure -> names(measure.hosts());
            case Action.WaitFor wait -> List.of(wait.host().name());
            case Action.WaitForHealth(var hosts, int _) -> names(hosts);
            case Action.Watch watch -> List.of(watch.from().name());
            case Action.Outage outage -> List.of(outage.watch().from().name());
        };
    }

    private static List<String> names(List<Host> hosts) {
        return hosts.stream().map(Host::name).toList();
    }

    /** What it does, without its word and its hosts. */
    public static String what(Action action) {
        return switch (action) {
            case Action.Say(String text) -> text;
            case Action.Ask(String question) -> question;
            case Action.Verify _ -> "has to be in health";
            case Action.Apply apply -> what(apply);
            case Action.Drain(var way) -> way.name() + " is taken out of service";
            case Action.Undrain(var way) -> way.name() + " is back in service, unless somebody else has taken it out";
            case Action.Reboot(var _, int within) -> "back and in health within " + within + " s";
            case Action.Run run ->
                run.command() + "; expected: " + run.expected().phrase();
            case Action.Measure measure ->
                "throughput of the routes between them, " + measure.seconds() + " s each, TCP by "
                        + measure.flows() + (measure.flows() == 1 ? " stream" : " streams") + ", kept as '"
                        + measure.name()
                        + "'" + (measure.accept() ? ", whatever it is" : "");
            case Action.WaitFor wait ->
                "up to " + wait.within() + " s, until " + wait.question() + " answers; expected: "
                        + wait.expected().phrase()
                        + (wait.kept().isEmpty() ? "" : "; the time is kept as '" + wait.kept() + "'");
            case Action.Watch watch ->
                "a ping to " + watch.to().name() + " (" + watch.target() + ") every " + Action.Watch.MILLIS
                        + " ms begins" + (watch.tcp() ? ", and TCP connections from there" : "");
            case Action.Outage outage ->
                "the ping to " + outage.watch().to().name() + " ends; no longer without an answer than " + outage.most()
                        + " s";
            case Action.WaitForHealth(var _, int within) -> "up to " + within + " s, until in health";
        };
    }

    private static String what(Action.Apply apply) {
        String only = apply.only().isEmpty() ? "" : ", of " + String.join(", ", apply.only()) + " alone";
        String psks = keys("pre-shared keys", apply.rotatePsk());
        String keys = keys("private keys", apply.rotateKey());
        return psks + keys + "what differs from the inventory" + only;
    }

    private static String keys(String kind, List<String> tunnels) {
        return tunnels.isEmpty() ? "" : "new " + kind + " of " + String.join(", ", tunnels) + ", and ";
    }

    /** What only the run can know of it; empty: nothing. */
    public static String unknown(Action action) {
        return switch (action) {
            case Action.Apply _ -> "the changes are planned, and shown, when it is its turn";
            case Action.Ask _ -> "a person decides";
            case Action.Outage _ -> "what was lost, and for how long; it is compared with the last one of that name";
            case Action.Measure _ -> "it is compared with the last one of that name";
            case Action.WaitFor wait
            when !wait.kept().isEmpty() -> "how long it took; it is compared with the last one of that name";
            default -> "";
        };
    }

    /** All of it: {@code verify a-gw, b-gw: has to be in health}. */
    public static String line(Action action) {
        String hosts = hosts(action).stream().collect(Collectors.joining(", "));
        return word(action) + (hosts.isEmpty() ? "" : " " + hosts) + ": " + what(action);
    }
}
