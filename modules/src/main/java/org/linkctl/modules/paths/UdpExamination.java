package org.linkctl.modules.paths;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Sight;

/**
 * Whether the UDP ports of tunnels and hubs are reached, while nothing listens there yet: the other ends send some
 * datagrams, and the kernel counts those that came for ports on which nobody listens ({@code UdpNoPorts}, RFC 4113, of
 * /proc/net/snmp; "dropped due to no socket" of FreeBSD's netstat(1)). Nothing is opened for that. What a packet filter
 * drops is not counted.
 */
@AutoService(Examination.class)
public final class UdpExamination implements Examination {
    private static final String SUBJECT = "UDP";

    /** The address is what the inventory checks to be one, or a name; the port is a number. */
    public static final String SEND =
            ShellFile.of(UdpExamination.class, "send.sh").text();

    public static final String SEND_BY_NC =
            ShellFile.of(UdpExamination.class, "send-by-nc.sh").text();

    private static final Question.ReadFile COUNTED = Question.file("/proc/net/snmp");
    private static final Question.ReadFile COUNTED_V6 = Question.file("/proc/net/snmp6");
    private static final Question.Command COUNTED_BY_NETSTAT = Question.command("netstat", "-s", "-p", "udp");
    private static final Question.Command LISTENS = Question.command("ss", "-H", "-u", "-l", "-n");
    private static final Question.Command LISTENS_BY_NETSTAT = Question.command("netstat", "-a", "-n", "-p", "udp");
    private static final Pattern NO_SOCKET = Pattern.compile("([0-9]+) dropped due to no socket");

    @Override
    public String name() {
        return SUBJECT;
    }

    private static List<Question<?>> counters(Os os) {
        return os == Os.LINUX ? List.of(COUNTED, COUNTED_V6) : List.of(COUNTED_BY_NETSTAT);
    }

    private static Question.Command listens(Os os) {
        return os == Os.LINUX ? LISTENS : LISTENS_BY_NETSTAT;
    }

    private static Question.Command send(Os os, Call call) {
        String port = Integer.toString(call.port());
        return os == Os.LINUX
                ? Question.command("bash", "-c", SEND, "bash", call.endpoint(), port)
                : Question.command("/bin/sh", "-c", SEND_BY_NC, "sh", call.endpoint(), port);
    }

    @Override
    public List<Question<?>> questions(Scope scope, Look look, Sight sight) {
        Host host = scope.host();
        boolean called = !Call.to(scope.fabric(), host).isEmpty();
        Set<Question<?>> out = new LinkedHashSet<>();
        switch (look) {
            case FIRST -> {
                if (called) out.addAll(counters(host.os()));
                if (called) out.add(listens(host.os()));
                if (called) out.add(OwnAddresses.question(host.os()));
            }
            case PROBES -> {
                for (Call call : Call.from(scope.fabric(), host)) {
                    if (isProbed(scope, call, sight)) out.add(send(host.os(), call));
                }
            }
            case LAST -> {
                if (called) out.addAll(counters(host.os()));
            }
        }
        return List.copyOf(out);
    }

    /** Only where all that may answer were asked, and none listens on that port. */
    private static boolean isProbed(Scope scope, Call call, Sight sight) {
        if (call.to().isEmpty()) return false;
        for (String name : call.to()) {
            Optional<Set<Integer>> used = scope.fabric().host(name).flatMap(host -> used(host, sight));
            if (used.isEmpty() || used.get().contains(call.port())) return false;
        }
        return true;
    }

    /** The local ports that something listens on; the local address is the 4th column of both programs. */
    private static Optional<Set<Integer>> used(Host host, Sight sight) {
        return sight.to(host.name(), Look.FIRST, listens(host.os()))
                .filter(Answer.Output::ok)
                .map(answer -> answer.stdout()
                        .lines()
                        .map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields.length > 3)
                        .map(fields -> fields[3].replaceFirst("^.*[:.]", ""))
                        .filter(port -> port.matches("[0-9]{1,5}"))
                        .map(Integer::valueOf)
                        .collect(Collectors.toSet()));
    }

    private static Optional<Long> counted(Host host, Look look, Sight sight) {
        if (host.os() == Os.FREEBSD) {
            return sight.to(host.name(), look, COUNTED_BY_NETSTAT)
                    .map(answer -> NO_SOCKET.matcher(answer.stdout()))
                    .filter(Matcher::find)
                    .map(found -> Long.valueOf(found.group(1)));
        }
        Optional<Long> v4 =
                sight.to(host.name(), look, COUNTED).flatMap(text -> text).flatMap(UdpExamination::noPorts);
        long v6 = sight.to(host.name(), look, COUNTED_V6)
                .flatMap(text -> text)
                .flatMap(UdpExamination::noPorts6)
                .orElse(0L);
        return v4.map(count -> count + v6);
    }

    /** Two lines that begin with {@code Udp:}: names, then numbers. */
    private static Optional<Long> noPorts(String snmp) {
        List<String[]> lines = snmp.lines()
                .filter(line -> line.startsWith("Udp: "))
                .map(line -> line.split(" "))
                .toList();
        if (lines.size() != 2) return Optional.empty();
        int column = List.of(lines.getFirst()).indexOf("NoPorts");
        return column < 0 || column >= lines.getLast().length
                ? Optional.empty()
                : Optional.of(Long.valueOf(lines.getLast()[column]));
    }

    private static Optional<Long> noPorts6(String snmp6) {
        return snmp6.lines()
                .filter(line -> line.startsWith("Udp6NoPorts"))
                .map(line -> Long.valueOf(line.substring("Udp6NoPorts".length()).strip()))
                .findFirst();
    }

    @Override
    public List<Diagnosis> diagnoses(Scope scope, Sight sight) {
        List<Call> calls = Call.to(scope.fabric(), scope.host());
        if (calls.isEmpty()) return List.of();
        List<Diagnosis> out = new ArrayList<>();
        Set<Integer> ours = new TreeSet<>();
        Set<Integer> others = new TreeSet<>();
        Optional<Set<Integer>> used = used(scope.host(), sight);
        for (Call call : calls) {
            if (used.isEmpty() || !used.get().contains(call.port())) continue;
            (hasLink(scope.host(), call.link(), sight) ? ours : others).add(call.port());
        }
        if (!others.isEmpty()) {
            out.add(
                    Diagnosis.inTheWay(
                            SUBJECT + " " + NatExamination.shown(others),
                            "something listens there already, and it is no tunnel of this inventory",
                            "stop it (`ss -ulnp`, on FreeBSD `sockstat -l -P udp`, tell which program), or declare another port:"));
        }
        Set<Integer> free = calls.stream().map(Call::port).collect(Collectors.toCollection(TreeSet::new));
        free.removeAll(ours);
        free.removeAll(others);
        if (!free.isEmpty()) out.add(arrival(scope, calls, free, sight));
        return out;
    }

    private static boolean hasLink(Host host, String link, Sight sight) {
        return sight.to(host.name(), Look.FIRST, OwnAddresses.question(host.os()))
                .map(answer -> answer.stdout().contains("\"" + link + "\"")
                        || answer.stdout().lines().anyMatch(line -> line.startsWith(link + ": ")))
                .orElse(false);
    }

    /** What was sent to these ports of the host, and to those of the other one of its pair, and how much came. */
    private static Diagnosis arrival(Scope scope, List<Call> calls, Set<Integer> ports, Sight sight) {
        String subject = SUBJECT + " " + NatExamination.shown(ports);
        Set<String> senders = new LinkedHashSet<>();
        Set<String> receivers = new LinkedHashSet<>();
        long sent = 0;
        for (Call call : calls) {
            if (!ports.contains(call.port())) continue;
            receivers.addAll(call.to());
            Optional<Integer> by = sent(scope, call, sight);
            if (by.isEmpty()) continue;
            senders.add(String.valueOf(call.from()));
            sent += by.get();
        }
        if (sent == 0) {
            return Diagnosis.notAsked(
                    subject,
                    "none of the hosts that call it could send: they are not reached, or have no bash, or are not"
                            + " linkctl's");
        }
        long came = 0;
        for (String name : receivers) {
            Optional<Long> delta = scope.fabric().host(name).flatMap(host -> delta(host, sight));
            if (delta.isEmpty()) return Diagnosis.notAsked(subject, name + " does not tell what came");
            came += delta.get();
        }
        String text =
                Math.min(came, sent) + " of " + sent + " datagrams from " + String.join(", ", senders) + " arrived";
        if (came * 10 >= sent * 8) return Diagnosis.fine(subject, text);
        String cure =
                "let UDP " + NatExamination.shown(ports) + " in: in the host's own packet filter, that of its provider"
                        + " (security group), and the router before it, which has to pass it on where there is NAT";
        return came * 10 < sent * 2
                ? Diagnosis.inTheWay(subject, text, cure)
                : Diagnosis.doubtful(
                        subject, text + ": some of these ports, or some of these hosts, are cut off", cure);
    }

    private static Optional<Integer> sent(Scope scope, Call call, Sight sight) {
        String from = call.from();
        if (from == null) return Optional.empty();
        return scope.fabric()
                .host(from)
                .flatMap(host -> sight.to(from, Look.PROBES, send(host.os(), call)))
                .filter(Answer.Output::ok)
                .map(answer -> answer.stdout().strip())
                .filter(text -> text.matches("[0-9]{1,2}"))
                .map(Integer::valueOf);
    }

    private static Optional<Long> delta(Host host, Sight sight) {
        Optional<Long> before = counted(host, Look.FIRST, sight);
        Optional<Long> after = counted(host, Look.LAST, sight);
        return before.isEmpty() || after.isEmpty() ? Optional.empty() : Optional.of(after.get() - before.get());
    }
}
