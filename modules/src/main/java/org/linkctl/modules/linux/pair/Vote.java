package org.linkctl.modules.linux.pair;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Witness;
import org.linkctl.modules.pairs.PairEnds;
import org.linkctl.net.Ip;

/**
 * The vote of a pair's witness, which one host of the pair has at a time: the witness answers its pings alone, until it has
 * not heard it for a while.
 *
 * <p>All times are parts of the shortest interval between advertisements, I. A backup becomes master two to three I after a
 * failure (RFC 9568 section 6.1), so by then who served has to have stopped, and the backup to have the vote.
 *
 * @param witness as it is declared
 * @param device by which the hosts ask
 * @param ends where the hosts ask from
 * @param pattern 8 bytes in hexadecimal by which the witness tells these pings from others; another one where the times are
 *     others, so that nobody is given a vote for longer than the witness keeps it
 * @param interval I, in milliseconds
 */
public record Vote(Witness witness, String device, PairEnds ends, String pattern, int interval) {
    private static final int BYTES = 8;
    private static final int MILLIS = 10;

    /** Of the pair of a host. */
    public static Optional<Vote> of(Fabric fabric, Host host) {
        return fabric.one(Witness.class, host).flatMap(witness -> of(fabric, host, witness));
    }

    /** Those for which a host is the witness, in the declared order; which of its ends is self, is of no account. */
    public static List<Vote> at(Fabric fabric, Host host) {
        return fabric.all(Witness.class).stream()
                .filter(witness -> witness.host().equals(host.name()))
                .flatMap(witness -> of(fabric, fabric.hostsOf(witness.pair()).getFirst(), witness).stream())
                .toList();
    }

    private static Optional<Vote> of(Fabric fabric, Host host, Witness witness) {
        String device = witness.device(fabric);
        int interval = PairVip.all(fabric, host).stream()
                .mapToInt(PairVip::interval)
                .min()
                .orElse(0);
        return PairEnds.on(fabric, host, device, witness.address().isV6()).map(ends -> {
            String sign = pattern(fabric.name() + "/" + witness.pair() + "/" + interval);
            return new Vote(witness, device, ends, sign, interval * MILLIS);
        });
    }

    private static String pattern(String name) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256")
                    .digest(("witness of " + name).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the witness has in an answer in place of the pattern, where it gives the vote: whoever merely answers pings, such
     * as a witness that has not loaded its table, gives none. Words of 16 bits change places, which leaves the checksum of
     * ICMP as it is (RFC 1071).
     */
    public String answer() {
        return pattern.substring(4, 8) + pattern.substring(0, 4) + pattern.substring(12) + pattern.substring(8, 12);
    }

    /** The answer as ping(8) shows bytes that it did not send (iputils, ping_common.c: "%x "). */
    public String shownAnswer() {
        String answer = answer();
        return IntStream.range(0, BYTES)
                .mapToObj(at -> Integer.toHexString(HexFormat.fromHexDigits(answer, 2 * at, 2 * at + 2)))
                .collect(Collectors.joining(" "));
    }

    /** The set of nftables in which the witness notes whose it is. */
    public String set() {
        return "vote_" + pattern;
    }

    public List<Ip> voters() {
        return List.of(ends.self(), ends.peer());
    }

    private int part(int hundredths) {
        return interval * hundredths / 100;
    }

    /** Milliseconds that the witness keeps it for a host that it does not hear. */
    public int kept() {
        return part(120);
    }

    /** Milliseconds that a host counts on it after it asked: less than {@link #kept} by one round. */
    public int held() {
        return part(80);
    }

    /** Milliseconds after it last saw the other host that a backup waits for it: less than 2 I by one round. */
    public int awaited() {
        return part(160);
    }

    /** Milliseconds that a host which lacks a network leaves the vote to the other one: {@link #kept}, and some rounds. */
    public int deferred() {
        return part(250);
    }

    /** Milliseconds that an answer may take. */
    public int patience() {
        return part(20);
    }

    /** Milliseconds between two rounds. A round with its {@link #patience} takes no longer than what {@link #held} leaves of {@link #kept}. */
    public int pause() {
        return part(20);
    }
}
