package org.linkctl.modules.freebsd.foreignfilter;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Os;
import org.linkctl.modules.filter.Chain;
import org.linkctl.modules.filter.DeclaredFlows;
import org.linkctl.modules.filter.Ipfw;
import org.linkctl.modules.filter.Stopped;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.net.Ip;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;
import org.linkctl.spi.Warns;

/**
 * Rules of ipfw(8), which linkctl does not write and which deny everything where nothing else is said: what they drop, no
 * rule of pf can let pass. They are read and told of, never changed.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class ForeignFilterModule
        implements Examined<ForeignFilterModule.Want, ForeignFilterModule.Facts>,
                Warns<ForeignFilterModule.Want, ForeignFilterModule.Facts>,
                Rendered<ForeignFilterModule.Want, ForeignFilterModule.Facts> {
    private static final Question.Command LIST = Question.command("ipfw", "list");

    /** What has to pass. */
    public record Want(DeclaredFlows flows) implements Resource {
        @Override
        public String id() {
            return "freebsd.foreign-filter";
        }
    }

    /**
     * The rules, none where ipfw is not loaded, and the interfaces that are on the host's LANs.
     *
     * @param unread what could not be read, and why
     */
    public record Facts(List<Chain> chains, List<String> unread, Ifconfig links) {
        public Facts {
            chains = List.copyOf(chains);
            unread = List.copyOf(unread);
        }
    }

    @Override
    public String name() {
        return "freebsd.foreign-filter";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        DeclaredFlows flows = DeclaredFlows.of(scope.fabric(), scope.host());
        return flows.isEmpty() ? List.of() : List.of(new Want(flows));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(LIST, Ifconfig.question());
    }

    /**
     * Blocklists may be longer than an answer can be: nothing is changed here, so what cannot be read is told of and stops
     * no plan.
     */
    @Override
    public Facts facts(Want want, Answers answers) {
        List<Chain> rules = List.of();
        List<String> unread = new ArrayList<>();
        try {
            Answer.Output said = answers.to(LIST);
            if (said.ok()) rules = Ipfw.read(said.stdout());
        } catch (UnreadableFacts e) {
            unread.add(String.valueOf(e.getMessage()));
        }
        return new Facts(rules, unread, Ifconfig.read(answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(List.of(), List.of(), new Ifconfig(Map.of()));
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return List.of();
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return List.of();
    }

    private static List<Stopped> stopped(Want want, Facts have) {
        return Stopped.by(have.chains(), want.flows().all(address -> onNetwork(address, have.links())));
    }

    private static String onNetwork(Ip address, Ifconfig links) {
        return links.byName().entrySet().stream()
                .filter(one -> one.getValue().addresses().stream()
                        .anyMatch(own -> own.address().contains(address)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    @Override
    public List<String> warnings(Want want, Facts have) {
        List<String> out = new ArrayList<>();
        for (String one : have.unread()) out.add("rules of others could not be read: " + one);
        for (Stopped one : stopped(want, have)) out.add(one.text());
        return out;
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        List<Finding> out = new ArrayList<>();
        for (Stopped one : stopped(want, have)) out.add(Finding.bad("rules of " + one.whose(), one.text()));
        for (String one : have.unread()) out.add(Finding.doubtful("rules of others", "could not be read: " + one));
        if (out.isEmpty()) out.add(Finding.good("rules of others", "none that stops declared traffic"));
        return out;
    }
}
