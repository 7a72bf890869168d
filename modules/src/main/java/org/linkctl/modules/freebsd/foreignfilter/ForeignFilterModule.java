package org.linkctl.modules.freebsd.foreignfilter;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Os;
import org.linkctl.modules.filter.Chain;
import org.linkctl.modules.filter.ForeignFilter;
import org.linkctl.modules.filter.Ipfw;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * Rules of ipfw(8), which linkctl does not write and which deny everything where nothing else is said: what they drop, no
 * rule of pf can let pass. They are read and told of, never changed.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class ForeignFilterModule extends ForeignFilter<ForeignFilterModule.Facts> implements Imported {
    private static final Question.Command LIST = Question.command("ipfw", "list");

    /**
     * The rules, none where ipfw is not loaded, and the interfaces that are on the host's LANs.
     *
     * @param unread what could not be read, and why
     */
    public record Facts(List<Chain> chains, List<String> unread, Ifconfig links) implements Rules {
        public Facts {
            chains = List.copyOf(chains);
            unread = List.copyOf(unread);
        }

        @Override
        public String towards(Ip address) {
            return links.byName().entrySet().stream()
                    .filter(one -> one.getValue().addresses().stream()
                            .anyMatch(own -> own.address().contains(address)))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("");
        }
    }

    public ForeignFilterModule() {
        super(Os.FREEBSD, "freebsd.foreign-filter");
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
    public List<Question<?>> importing() {
        return FilterFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return FilterFound.read(answers);
    }
}
