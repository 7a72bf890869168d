package org.linkctl.cli.throughput;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.linkctl.engine.Connection;
import org.linkctl.engine.StepResult;
import org.linkctl.model.Bond;
import org.linkctl.net.Ip;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Published;
import org.linkctl.spi.Question;

/**
 * Measures with iperf3(1) between two hosts. The server is a transient systemd unit that ends by itself, whatever
 * becomes of linkctl.
 */
public final class Measurement {
    private static final String PORT = "5201";
    private static final String UNIT = "linkctl-iperf3";
    /** Seconds at the start of a measurement that are left out: iperf3(1), --omit. */
    private static final String SLOW_START = "4";

    /** UDP is sent with this share of what TCP carried, the packets around it left out: what is lost then, no queue explains. */
    private static final double UDP_SHARE = 0.8;

    private static final int BURST = 100;
    private static final int BURST_SIZE = 1_000;
    private static final int LOOKS_FOR_SERVER = 40;

    private final Connection from;
    private final Connection to;
    private final int seconds;
    private final int flows;
    private final Consumer<String> tell;

    /**
     * A measurement of {@code seconds} with this many parallel TCP streams.
     *
     * @param tell receives what is measured now, and how long it takes
     */
    public Measurement(Connection from, Connection to, int seconds, int flows, Consumer<String> tell) {
        this.tell = tell;
        this.from = from;
        this.to = to;
        this.seconds = seconds;
        this.flows = flows;
    }

    /** @throws IllegalStateException where iperf3 fails, with what it said */
    public MeasurementResult of(RouteDirection trial) {
        serve();
        try {
            Map<String, Long> tunnelsBefore = sent(trial.tunnels());
            Map<String, Long> membersBefore = sent(trial.members());
            TcpReport together = transfer(trial, trial.tunnels().size() + " tunnels together", trial.target());
            Map<String, Long> tunnelBytes = grown(tunnelsBefore, sent(trial.tunnels()));
            Map<String, Long> memberBytes = grown(membersBefore, sent(trial.members()));
            RouteDirection.Way first = trial.ways().getFirst();
            double alone = transfer(trial, first.tunnel().name() + " alone", first.target())
                    .rate();
            Datagrams udp = datagrams(trial, together.rate());
            tell.accept("which way each tunnel leaves " + trial.from().name());
            return new MeasurementResult(
                    trial, together, alone, tunnelBytes, memberBytes, order(trial), departures(trial), udp);
        } finally {
            to.run(Step.run("systemctl", "stop", UNIT));
        }
    }

    /** The rate of all tunnels together alone, in bits per second. */
    public double together(RouteDirection trial) {
        serve();
        try {
            String what = trial.tunnels().size() + " tunnels together, without a limit";
            return transfer(trial, what, trial.target()).rate();
        } finally {
            to.run(Step.run("systemctl", "stop", UNIT));
        }
    }

    private void serve() {
        to.run(Step.run("systemctl", "stop", UNIT));
        StepResult started = to.run(Step.run(
                "systemd-run",
                "--quiet",
                "--collect",
                "--unit=" + UNIT,
                "--property=RuntimeMaxSec=" + (5 * seconds + 240),
                "iperf3",
                "-s",
                "-p",
                PORT));
        if (!started.ok())
            throw new IllegalStateException("iperf3 server: " + started.output().strip());
        Question.Command listening = Question.command("ss", "-Hltn", "sport = :" + PORT);
        for (int style = 0; style < LOOKS_FOR_SERVER; style++) {
            Answers answers = to.ask(List.of(listening));
            if (!answers.stdout(listening).isBlank()) return;
        }
        throw new IllegalStateException("the iperf3 server does not listen on port " + PORT);
    }

    private TcpReport transfer(RouteDirection trial, String what, Ip target) {
        return TcpReport.read(iperf(trial, what, target, List.of()));
    }

    /** As many streams as of TCP, over all tunnels. */
    private Datagrams datagrams(RouteDirection trial, double rate) {
        String each = Long.toString(Math.max(1000, Math.round(rate * UDP_SHARE / flows)));
        return Datagrams.read(iperf(trial, "UDP", trial.target(), List.of("-u", "-b", each)));
    }

    private String iperf(RouteDirection trial, String what, Ip target, List<String> more) {
        int lasts = seconds + Integer.parseInt(SLOW_START);
        tell.accept(
                "measuring " + trial.from().name() + " to " + trial.to().name() + ", " + what + " (" + lasts + " s)");
        List<String> words = new ArrayList<>(List.of("iperf3", "-J", "-c", target.text(), "-p", PORT));
        words.addAll(List.of("-P", Integer.toString(flows), "-O", SLOW_START, "-t", Integer.toString(seconds)));
        words.addAll(more);
        Question.Command measuring = Question.command(words);
        Answer.Output output = from.ask(List.of(measuring)).to(measuring);
        return output.stdout();
    }

    /** The member whose counter moves while packets go through each tunnel; a tunnel that moves none is left out. */
    private Map<String, String> departures(RouteDirection trial) {
        Map<String, String> out = new LinkedHashMap<>();
        if (trial.members().isEmpty()) return out;
        for (RouteDirection.Way way : trial.ways()) {
            Map<String, Long> before = sent(trial.members());
            from.run(Step.run(burst(way)));
            grown(before, sent(trial.members())).entrySet().stream()
                    .filter(member -> member.getValue() > BURST * BURST_SIZE / 2)
                    .max(Map.Entry.comparingByValue())
                    .ifPresent(member -> out.put(way.tunnel().name(), member.getKey()));
        }
        return out;
    }

    private static String[] burst(RouteDirection.Way way) {
        String count = Integer.toString(BURST);
        String size = Integer.toString(BURST_SIZE);
        String device = way.tunnel().name();
        return new String[] {
            "ping",
            "-q",
            "-c",
            count,
            "-i",
            "0.01",
            "-W",
            "1",
            "-s",
            size,
            "-I",
            device,
            way.target().text()
        };
    }

    /** The order of each bond's members, by which its transmit hash selects one. */
    private Published order(RouteDirection trial) {
        Map<String, String> told = new HashMap<>();
        for (Bond bond : trial.bonds()) {
            Question.ReadFile members = Question.file("/sys/class/net/" + bond.name() + "/bonding/slaves");
            from.ask(List.of(members))
                    .to(members)
                    .ifPresent(text -> told.put("bond." + bond.name() + ".members", text.strip()));
        }
        return new Published(Map.of(trial.from().name(), new Published.Values(told, Map.of())));
    }

    private Map<String, Long> sent(List<String> interfaces) {
        Map<String, Long> out = new LinkedHashMap<>();
        if (interfaces.isEmpty()) return out;
        Answers answers = from.ask(
                interfaces.stream().<Question<?>>map(Measurement::counter).toList());
        for (String name : interfaces) {
            answers.to(counter(name)).ifPresent(text -> out.put(name, Long.parseLong(text.strip())));
        }
        return out;
    }

    private static Question.ReadFile counter(String name) {
        return Question.file("/sys/class/net/" + name + "/statistics/tx_bytes");
    }

    private static Map<String, Long> grown(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> out = new LinkedHashMap<>();
        after.forEach((name, bytes) -> out.put(name, bytes - before.getOrDefault(name, 0L)));
        return out;
    }
}
