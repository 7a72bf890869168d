package org.linkctl.modules.linux.witness;

import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.pair.Vote;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.net.Ip;

/**
 * The table of nftables that gives votes, and the service that loads it. A vote is a set with one place: who asks is put into
 * it and is answered, and so is who is in it; where another is in it, there is no place (nft(8), "SET STATEMENT" and
 * "SETS", size), and the ping is dropped. The kernel decides, one packet at a time. Who is given the vote gets an answer
 * that no host gives by itself ({@link Vote#answer}): without the table there is none.
 */
final class WitnessTable {
    private static final String RUN = "/run/linkctl-witness";

    /** Without what is in its sets: that is who has the votes. */
    static final OwnTable TABLE = new OwnTable("linkctl_witness", RUN + "/rules", true);

    private static final String FILE = "/etc/linkctl/nftables/witness.nft";
    private static final String UNIT = "linkctl-witness.service";

    private WitnessTable() {}

    static KeptService service(List<Vote> votes) {
        return new KeptService(
                UNIT,
                RUN + "/started",
                List.of(
                        new KeptService.KeptFile(FILE, "0644", text(votes)),
                        new KeptService.KeptFile(
                                UnitState.path(UNIT),
                                "0644",
                                TableService.loadingUnit(
                                        "says which host of a pair may serve", "", FILE, UNIT, TABLE))));
    }

    /** -150 is "mangle" (nft(8), "CHAINS"). Named first, so that there is one to delete (nft(8), "TABLES"). */
    private static String text(List<Vote> votes) {
        return """
            %1$s
            table inet %2$s
            delete table inet %2$s
            table inet %2$s {
            %3$s\tchain input {
            \t\ttype filter hook input priority -150; policy accept;
            %4$s\t}
            }
            """.formatted(
                        OurFiles.MARK,
                        TABLE.name(),
                        votes.stream().map(WitnessTable::set).collect(Collectors.joining()),
                        votes.stream().map(WitnessTable::rules).collect(Collectors.joining()));
    }

    /**
     * A table that is loaded anew has forgotten who has the vote, and gives it to nobody until that one has stopped: the place
     * is taken by an address that no packet comes from (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.2).
     */
    private static String set(Vote vote) {
        boolean v6 = vote.witness().address().isV6();
        return """
            \t# pair %s
            \tset %s {
            \t\ttype ipv%d_addr
            \t\tsize 1
            \t\tflags dynamic,timeout
            \t\tgc-interval 100ms
            \t\telements = { %s timeout %dms }
            \t}
            """.formatted(vote.witness().pair(), vote.set(), v6 ? 6 : 4, v6 ? "::" : "0.0.0.0", vote.kept());
    }

    /** The data of a ping begins with 16 bytes of its time (ping(8), -p fills the rest): 8 + 16 bytes are 192 bits. */
    private static String rules(Vote vote) {
        boolean v6 = vote.witness().address().isV6();
        String ping = "\t\t" + (v6 ? "icmpv6" : "icmp") + " type echo-request @th,192,64 0x" + vote.pattern() + " ";
        String saddr = (v6 ? "ip6" : "ip") + " saddr ";
        String voters = vote.voters().stream().sorted().map(Ip::text).collect(Collectors.joining(", "));
        return ping + saddr + "{ " + voters + " } update @" + vote.set() + " { " + saddr + "timeout " + vote.kept()
                + "ms } @th,192,64 set 0x" + vote.answer() + " accept\n" + ping + "drop\n";
    }
}
