package org.linkctl.modules.linux.dataplane;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.model.Nic;
import org.linkctl.model.Os;
import org.linkctl.model.Publish;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * What a gateway leaves of what its hardware could carry: packets that its processors dropped or one of them takes in alone,
 * rings that overflow, offloads that are off. {@code verify} tells of it with the host's own figures; how much there
 * is to win depends on the traffic, so nothing is changed here.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DataPlaneModule
        implements Examined<DataPlaneModule.Want, DataPlaneModule.Facts>,
                Rendered<DataPlaneModule.Want, DataPlaneModule.Facts> {
    private static final String SUBJECT = "packet processing";
    private static final Question.ReadFile SOFTNET = Question.file(Softnet.FILE);
    private static final Question.ReadFile BACKLOG = Question.file("/proc/sys/net/core/netdev_max_backlog");
    private static final Question.ReadFile BUDGET = Question.file("/proc/sys/net/core/netdev_budget");

    /** Fewer packets say nothing of how they spread. */
    private static final long ENOUGH = 1_000_000;

    /** Percent of the packets: one processor does the work of all. */
    private static final int ALONE = 80;

    /** One of so many is worth a word. */
    private static final long SHARE = 10_000;

    /** @param nics the network cards below the declared interfaces */
    public record Want(List<String> nics) implements Resource {
        @Override
        public String id() {
            return "linux.data-plane";
        }
    }

    /** Nothing: all is asked for {@code verify} alone. */
    public record Facts() {}

    @Override
    public String name() {
        return "linux.data-plane";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        boolean gateway = fabric.hasWireguard(host)
                || !fabric.of(Publish.class, host).isEmpty()
                || !fabric.of(Balance.class, host).isEmpty();
        return gateway ? List.of(new Want(List.copyOf(nics(fabric, host)))) : List.of();
    }

    /** Members of bonds and bridges, and what VLANs are on, whether they are declared themselves or not. */
    private static Set<String> nics(Fabric fabric, Host host) {
        Set<String> out = new LinkedHashSet<>();
        for (Link link : fabric.links(host)) {
            if (link instanceof Nic) out.add(link.name());
            for (String lower : link.lower()) {
                boolean made = fabric.link(host, lower)
                        .filter(one -> !(one instanceof Nic))
                        .isPresent();
                if (!made) out.add(lower);
            }
        }
        return out;
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of();
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts();
    }

    @Override
    public Facts bare(Want want) {
        return new Facts();
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return List.of();
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return List.of();
    }

    @Override
    public List<Question<?>> examine(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(SOFTNET, BACKLOG, BUDGET));
        for (String nic : want.nics()) out.addAll(new NicPath(nic).questions());
        return out;
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        List<NicPath> nics = want.nics().stream().map(NicPath::new).toList();
        List<Finding> out = new ArrayList<>();
        answers.to(SOFTNET).map(Softnet::read).ifPresent(softnet -> out.add(processors(softnet, nics, answers)));
        for (NicPath nic : nics) nic.finding(answers).ifPresent(out::add);
        return out;
    }

    private static Finding processors(Softnet softnet, List<NicPath> nics, Answers answers) {
        List<String> advice = new ArrayList<>();
        long packets = softnet.packets();
        if (softnet.dropped() > 0) {
            advice.add(
                    softnet.dropped() + " of " + packets + " packets were dropped since a processor's queue was full:"
                            + " net.core.netdev_max_backlog" + is(answers, BACKLOG) + ", have it higher");
        }
        if (softnet.squeezed() * SHARE > packets && packets >= ENOUGH) {
            advice.add("processors stopped " + softnet.squeezed() + " times with packets left to do:"
                    + " net.core.netdev_budget" + is(answers, BUDGET) + ", have it and netdev_budget_usecs higher");
        }
        int processors = softnet.processors().size();
        boolean alone = processors > 1 && packets >= ENOUGH && softnet.busiest() >= ALONE;
        if (alone) {
            advice.add("one processor of " + processors + " took in " + softnet.busiest() + " % of all packets"
                    + cure(nics, processors, answers));
        }
        if (!advice.isEmpty()) return Finding.doubtful(SUBJECT, String.join("; ", advice));
        String spread = packets < ENOUGH || processors == 1
                ? ""
                : ", the busiest of " + processors + " processors took in " + softnet.busiest() + " %";
        return Finding.good(SUBJECT, packets + " packets, none dropped" + spread);
    }

    private static String is(Answers answers, Question.ReadFile parameter) {
        return answers.to(parameter).map(value -> " is " + value.strip()).orElse("");
    }

    /** Kernel: Documentation/networking/scaling.rst. More queues first: the card spreads without the processor's help. */
    private static String cure(List<NicPath> nics, int processors, Answers answers) {
        for (NicPath nic : nics) {
            OptionalInt more = nic.more(answers);
            if (more.isPresent()) {
                return ": " + nic.nic() + " could have " + more.getAsInt() + " queues, ethtool -L " + nic.nic()
                        + " combined " + Math.min(more.getAsInt(), processors);
            }
        }
        Optional<NicPath> single = nics.stream()
                .filter(nic -> nic.receiving(answers) == 1 && !nic.steered(answers))
                .findFirst();
        return single.map(nic -> ": " + nic.nic() + " has one receive queue, which the kernel can spread (RPS:"
                        + " /sys/class/net/" + nic.nic() + "/queues/rx-0/rps_cpus)")
                .orElse(": the interrupts of the queues should go to different processors (irqbalance(1), or"
                        + " /proc/irq/*/smp_affinity)");
    }
}
