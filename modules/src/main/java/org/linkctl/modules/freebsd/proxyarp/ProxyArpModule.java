package org.linkctl.modules.freebsd.proxyarp;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.freebsd.vip.ProxyArpGroup;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Existing;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * Addresses of others that the master of a pair answers ARP requests for (arp(8), pub). They are given out with the
 * Ethernet address of the vhid, which carp(4) moves to whoever is master: nobody has to learn another one then. A
 * script makes the table right whenever the state changes and at boot.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class ProxyArpModule
        implements Remembered<ProxyArpModule.Want, ProxyArpModule.Facts>,
                Examined<ProxyArpModule.Want, ProxyArpModule.Facts>,
                Existing<ProxyArpModule.Want, ProxyArpModule.Facts>,
                Rendered<ProxyArpModule.Want, ProxyArpModule.Facts> {
    private static final RcProgram PROGRAM = new RcProgram(Programs.PROXY_ARP, ProxyArpScript.RC);

    /** @param gone what the host remembers of a time when it answered for others */
    public record Want(List<ProxyArpGroup> groups, List<Ip> gone) implements Resource {
        @Override
        public String id() {
            return "freebsd.proxy-arp";
        }

        @Override
        public Set<String> needs() {
            return groups.isEmpty() ? Set.of() : Set.of("kernel-module:carp", "carp-hooks");
        }

        @Override
        public Set<String> provides() {
            return groups.isEmpty() ? Set.of() : Set.of("proxy-arp");
        }

        List<Ip> addresses() {
            return groups.stream().flatMap(group -> group.addresses().stream()).toList();
        }
    }

    /** What was found: the states, what is answered for, and our two files. */
    public record Facts(Ifconfig links, List<Arp.Entry> published, RcProgram.Texts files) {}

    @Override
    public String name() {
        return "freebsd.proxy-arp";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        List<ProxyArpGroup> groups = ProxyArpGroup.all(scope.fabric(), scope.host());
        return groups.isEmpty() ? List.of() : List.of(new Want(groups, List.of()));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(Ifconfig.question(), Arp.question()));
        out.addAll(PROGRAM.questions());
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(Ifconfig.read(answers), Arp.published(answers), PROGRAM.read(answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(new Ifconfig(Map.of()), List.of(), RcProgram.Texts.NONE);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = PROGRAM.diff(have.files(), ProxyArpScript.texts(want.groups()));
        for (ProxyArpGroup group : want.groups()) {
            if (group.isDown(have.links())) continue;
            for (Ip address : group.addresses()) {
                boolean master = group.isMaster(have.links());
                entry(out, have, address, master ? new Arp.Entry(address, group.mac(), group.device()) : null);
            }
        }
        for (Ip address : gone(want, have)) entry(out, have, address, null);
        return out;
    }

    /** Entries follow the master, who changes by himself: that is no measure of what a change did. */
    @Override
    public boolean exists(Want want, Facts have) {
        return false;
    }

    private static void entry(List<Change> out, Facts have, Ip address, Arp.@Nullable Entry wanted) {
        Arp.Entry now = have.published().stream()
                .filter(one -> one.address().equals(address))
                .findFirst()
                .orElse(null);
        if (now == null ? wanted == null : now.equals(wanted)) return;
        out.add(Change.state(
                "arp " + address, now == null ? null : now.shown(), wanted == null ? null : wanted.shown()));
    }

    /** What our script says, or the host remembers, and nothing asks for any more. */
    private static List<Ip> gone(Want want, Facts have) {
        Set<Ip> out = new LinkedHashSet<>(ProxyArpScript.addresses(have.files().program()));
        out.addAll(want.gone());
        want.addresses().forEach(out::remove);
        return List.copyOf(out);
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = RcProgram.steps(changes);
        Argv again = Argv.of(Programs.PROXY_ARP);
        List<Ip> gone = gone(want, have);
        for (Arp.Entry entry : have.published()) {
            if (changes.isEmpty() || !gone.contains(entry.address())) continue;
            out.add(Step.run(
                    delete(entry.address()),
                    Argv.of("arp", "-s", entry.address().text(), entry.mac(), "pub")));
        }
        if (changes.isEmpty() || want.groups().isEmpty()) return out;
        boolean begins = want.groups().stream().anyMatch(group -> group.found(have.links()) == null);
        Argv run = begins ? Argv.of(Programs.PROXY_ARP, "settle") : again;
        List<Argv> undo = have.files().program() != null
                ? List.of(again)
                : want.addresses().stream().map(ProxyArpModule::delete).toList();
        out.add(new Step.Run(run, undo));
        return out;
    }

    private static Argv delete(Ip address) {
        return Argv.of("arp", "-d", address.text());
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        if (want.groups().isEmpty()) return Optional.empty();
        return Optional.of(Memory.OWNED.with(
                "addresses", want.addresses().stream().map(Ip::text).toList()));
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        List<Ip> gone = owned.memory().words("addresses").stream()
                .flatMap(word -> Ip.parse(word).stream())
                .toList();
        return Optional.of(new Want(List.of(), gone));
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return PROGRAM.adopts(have.files());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (ProxyArpGroup group : want.groups()) {
            if (group.isDown(have.links())) continue; // which the vhid's own finding tells
            String subject = "proxy ARP on " + group.device();
            String addresses = group.addresses().stream().map(Ip::text).collect(Collectors.joining(", "));
            List<String> wrong = new ArrayList<>();
            boolean master = group.isMaster(have.links());
            for (Ip address : group.addresses()) {
                List<Change> off = new ArrayList<>();
                entry(off, have, address, master ? new Arp.Entry(address, group.mac(), group.device()) : null);
                if (!off.isEmpty()) wrong.add(address.text());
            }
            if (!wrong.isEmpty()) {
                String text = master ? "is master and does not answer for " : "is not master and answers for ";
                out.add(Finding.bad(subject, text + String.join(", ", wrong)));
            } else out.add(Finding.good(subject, (master ? "answers for " : "leaves to the master ") + addresses));
        }
        return out;
    }
}
