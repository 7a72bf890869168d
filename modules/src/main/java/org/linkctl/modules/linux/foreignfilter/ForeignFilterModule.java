package org.linkctl.modules.linux.foreignfilter;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.model.Os;
import org.linkctl.modules.filter.Chain;
import org.linkctl.modules.filter.ForeignFilter;
import org.linkctl.modules.filter.Iptables;
import org.linkctl.modules.filter.Nftables;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * Rules of Docker, ufw, firewalld and whoever else filters packets on a host: what they drop, no rule of another table can
 * let pass (nft(8), "accept"). They are read and told of, never changed.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class ForeignFilterModule extends ForeignFilter<ForeignFilterModule.Facts> {
    private static final Question.Command NFT = Question.command("nft", "-j", "list", "ruleset");

    /** Without {@code -t}, for which a table would be made (iptables-save(8)). */
    private static final List<Question.Command> SAVE =
            List.of(Question.command("iptables-save"), Question.command("iptables-legacy-save"));

    private static final List<Question.Command> SAVE_V6 =
            List.of(Question.command("ip6tables-save"), Question.command("ip6tables-legacy-save"));

    /**
     * All rules of the host, and the interfaces that are on its LANs.
     *
     * @param unread what could not be read, and why
     */
    public record Facts(List<Chain> chains, List<String> unread, Links links) implements Rules {
        public Facts {
            chains = List.copyOf(chains);
            unread = List.copyOf(unread);
        }

        @Override
        public String towards(Ip address) {
            return links.towards(address);
        }
    }

    public ForeignFilterModule() {
        super(Os.LINUX, "linux.foreign-filter");
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(NFT, Links.question()));
        out.addAll(SAVE);
        out.addAll(SAVE_V6);
        return out;
    }

    /**
     * A host may have any of these programs, or none. Blocklists may be longer than an answer can be: nothing is changed
     * here, so what cannot be read is told of and stops no plan.
     */
    @Override
    public Facts facts(Want want, Answers answers) {
        Set<Chain> out = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        List<String> unread = new ArrayList<>();
        boolean shownInV4 = saved(SAVE, false, answers, seen, out, unread);
        boolean shownInV6 = saved(SAVE_V6, true, answers, seen, out, unread);
        boolean shownByIptables = shownInV4 || shownInV6;
        try {
            for (Chain chain : nftables(answers)) {
                if (isOurs(chain) || (shownByIptables && isOfIptables(chain))) continue;
                out.add(chain);
            }
        } catch (UnreadableFacts e) {
            unread.add(String.valueOf(e.getMessage()));
        }
        return new Facts(List.copyOf(out), unread, Links.from(answers));
    }

    private static List<Chain> nftables(Answers answers) {
        Answer.Output nft = answers.to(NFT);
        return nft.ok() ? Nftables.read(Json.object(NFT.argv().render(), nft.stdout())) : List.of();
    }

    /** @return whether some of it are nftables' own, which nft(8) shows, too, and less well */
    private static boolean saved(
            List<Question.Command> programs,
            boolean v6,
            Answers answers,
            Set<String> seen,
            Set<Chain> out,
            List<String> unread) {
        boolean onNftables = false;
        for (Question.Command program : programs) {
            Answer.Output said;
            try {
                said = answers.to(program);
            } catch (UnreadableFacts e) {
                unread.add(String.valueOf(e.getMessage()));
                continue;
            }
            // One may be the other under a second name.
            String text = said.stdout().replaceAll("(?m)^#.*\\n", "").replaceAll("\\[[0-9]+:[0-9]+]", "");
            if (!said.ok() || !seen.add((v6 ? "6" : "4") + text)) continue;
            onNftables |= Iptables.onNftables(said.stdout());
            out.addAll(Iptables.read(text, v6));
        }
        return onNftables;
    }

    private static boolean isOurs(Chain chain) {
        return chain.table().matches("inet linkctl(_.*)?");
    }

    /** The tables that iptables-nft(8) makes. */
    private static boolean isOfIptables(Chain chain) {
        return chain.table().matches("ip6? (filter|mangle|nat|raw|security)");
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(List.of(), List.of(), new Links(Map.of()));
    }
}
