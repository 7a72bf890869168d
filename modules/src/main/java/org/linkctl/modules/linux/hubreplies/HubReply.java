package org.linkctl.modules.linux.hubreplies;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.KeptSources;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.marks.Numbers;
import org.linkctl.modules.linux.replyrouting.ReplyKind;
import org.linkctl.modules.linux.replyrouting.ReplyWay;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;

/**
 * What is asked by the interface of a hub from anywhere, of one address family, and answered by it.
 *
 * @param number of the mark of what was asked so, and of the routing table that leads to the hub
 */
record HubReply(KeptSources kept, int number) implements ReplyWay {
    /**
     * Before those of uplinks (986): an answer by a narrower route, to a client on a network of the spoke, would have another
     * source address than the one that the client called.
     */
    private static final int MARKED = 982;

    /** While the interface is down nothing of it leaves in clear. */
    private static final int NOWHERE = 983;

    /** Whoever asks the spoke's address on the hub by another interface is answered there. */
    private static final int FROM_NARROWER = 984;

    /** The mark alone would not do where there is no default route: an answer is routed before nftables sees it. */
    private static final int FROM = 985;

    private static final String NOBODY = "unreachable";

    static final ReplyKind KIND = new ReplyKind(
            "hub-replies",
            "what is asked over a hub is answered over it",
            Numbers.HUBS,
            Set.of(MARKED, FROM),
            Map.of(NOWHERE, NOBODY, FROM_NARROWER, IpRule.MAIN),
            true,
            ShellFile.of(HubReply.class, "keep-hub-replies.sh"));

    static List<HubReply> of(Fabric fabric, Host host) {
        List<KeptSources> all = KeptSources.of(fabric, host);
        Map<String, Integer> numbers = Numbers.of(
                Numbers.HUBS, all.stream().map(kept -> kept.hub().name()).toList());
        return all.stream()
                .map(kept -> new HubReply(
                        kept, Objects.requireNonNull(numbers.get(kept.hub().name()))))
                .toList();
    }

    String device() {
        return kept.hub().name();
    }

    @Override
    public boolean v6() {
        return kept.v6();
    }

    @Override
    public List<Ip> addresses() {
        return List.of(kept.address());
    }

    @Override
    public String subject() {
        return "answers over hub " + device() + (v6() ? " IPv6" : " IPv4");
    }

    @Override
    public String lost() {
        return "what is asked over " + device() + " is not answered over it";
    }

    @Override
    public String words() {
        return "default dev " + device();
    }

    @Override
    public String line() {
        return Argv.quote(device());
    }

    @Override
    public List<IpRule> rules() {
        String marked = "from all fwmark " + Numbers.shown(number) + " ";
        String from = "from " + kept.address().text() + " ";
        return List.of(
                new IpRule(v6(), MARKED, marked + IpRule.LOOKUP + table()),
                new IpRule(v6(), NOWHERE, marked + NOBODY),
                new IpRule(v6(), FROM_NARROWER, from + IpRule.MAIN),
                new IpRule(v6(), FROM, from + IpRule.LOOKUP + table()));
    }
}
