package org.linkctl.cli.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.model.Fabric;
import org.linkctl.model.Os;
import org.linkctl.playbook.Action;

/**
 * Pings, and TCP connections, that run while other steps are done, and what they tell.
 *
 * @param run the name of the playbook's run in records
 */
record Outages(CommandContext context, HostRuns runs, Fabric fabric, String run) {
    /** A host ends them by itself after this time, should nobody come back; by then a ping has said less than a host may. */
    static final String LONGEST_SECONDS = "3000";

    /** That of `measure`: who lets that through lets this through. */
    private static final String PORT = "5201";

    /** One flow takes one of several tunnels: of so many some take each, by the ports that are hashed. */
    private static final String CONNECTIONS = "16";

    /** What they met. */
    record Met(PingResult ping, TcpResult tcp) {
        String text() {
            return ping.text() + (tcp.isNone() ? "" : "; " + tcp.text());
        }
    }

    private WatchPrograms programs() {
        return new WatchPrograms(runs, run);
    }

    String begin(Action.Watch watch) {
        if (watch.tcp()) {
            // An address that a server is to listen on has to be there: this is told before anything is stopped.
            programs().begin(WatchPrograms.BEGIN, server(watch));
            programs().begin(WatchPrograms.BEGIN_TCP, client(watch));
        }
        programs().begin(WatchPrograms.BEGIN, ping(watch));
        return "";
    }

    /** ping(8) of iputils, and of FreeBSD, whose options for the source and the end differ. */
    private static WatchPrograms.One ping(Action.Watch watch) {
        boolean linux = watch.from().os() == Os.LINUX;
        String seconds = String.format(Locale.ROOT, "%.1f", Action.Watch.MILLIS / 1000.0);
        List<String> words = new ArrayList<>(List.of("ping", watch.target().isV6() ? "-6" : "-4", "-n", "-i", seconds));
        words.addAll(List.of(linux ? "-w" : "-t", LONGEST_SECONDS, linux ? "-I" : "-S"));
        words.addAll(List.of(watch.source().toString(), watch.target().toString()));
        return new WatchPrograms.One(watch, "ping", watch.from(), words);
    }

    /** iperf3(1) for one client, which ends with it; timeout(1) is in the base of both systems. */
    private static WatchPrograms.One server(Action.Watch watch) {
        List<String> words = List.of(
                "timeout",
                LONGEST_SECONDS,
                "iperf3",
                "-s",
                "-1",
                "-p",
                PORT,
                "-B",
                watch.target().toString());
        return new WatchPrograms.One(watch, "tcp-server", watch.to(), words);
    }

    /** Little data, four times in each interval: what arrives at the receiver is looked at, since a sender has a buffer. */
    private static WatchPrograms.One client(Action.Watch watch) {
        List<String> words =
                new ArrayList<>(List.of("iperf3", "-c", watch.target().toString(), "-p", PORT));
        words.addAll(List.of("-B", watch.source().toString(), "-R", "-P", CONNECTIONS, "-b", "80k", "-l", "500"));
        words.addAll(List.of("-t", LONGEST_SECONDS, "-i", "0.2", "--forceflush"));
        return new WatchPrograms.One(watch, "tcp", watch.from(), words);
    }

    Met end(Action.Watch watch) {
        TcpResult tcp = watch.tcp() ? TcpResult.read(programs().end(client(watch))) : TcpResult.NONE;
        String pings = programs().end(ping(watch));
        if (watch.tcp()) programs().abandon(server(watch));
        return new Met(PingResult.read(pings, first(watch.from().os()), Action.Watch.MILLIS), tcp);
    }

    /** The number of the first packet: ping(8) of iputils begins at 1, that of FreeBSD at 0. */
    private static int first(Os os) {
        return os == Os.LINUX ? 1 : 0;
    }

    /**
     * What there is to say of it, beside the last one of that name.
     *
     * @param most the longest time without an answer that is no failure, in seconds
     */
    String told(Action.Watch watch, int most, Met met) {
        new PlaybookEvents(context.events()).outage(watch, met);
        String said = new KeptFigures(context, fabric).besideLast("o-" + watch.name(), met.text());
        if (met.ping().seconds() <= most) return said;
        throw new StepFailure(ExitStatus.NOT_CONVERGED, said + "; " + most + " s are allowed");
    }

    /** Ends all of it, whatever it would tell. */
    void abandon(Action.Watch watch) {
        if (watch.tcp()) programs().abandon(client(watch));
        programs().abandon(ping(watch));
        if (watch.tcp()) programs().abandon(server(watch));
    }
}
