package org.linkctl.modules.ping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.model.Os;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Question;

/** Pings that nobody may fragment (iputils' ping(8), FreeBSD's ping(8)), and what came of them. */
public final class Pings {
    /** Fields of iputils' ping and of FreeBSD's: sent, received, lost. Errors are counted in between. */
    public static final Pattern SUMMARY =
            Pattern.compile("([0-9]+) packets transmitted, ([0-9]+)(?: packets)? received,.* ([0-9.]+)% packet loss");

    private Pings() {}

    /** Packets that nobody may fragment. Without {@code -q}: it hides that one was too long. */
    public static Question.Command whole(Os os, int count, int payload, List<String> to) {
        List<String> words = new ArrayList<>(List.of("ping", "-n", "-c", Integer.toString(count), "-i", "0.2"));
        String size = Integer.toString(payload);
        words.addAll(
                switch (os) {
                    case LINUX -> List.of("-W", "2", "-M", "do", "-s", size);
                    case FREEBSD -> List.of("-W", "2000", "-D", "-s", size);
                });
        words.addAll(to);
        return Question.command(words);
    }

    public static Question.Command small(Os os, List<String> to) {
        String wait = os == Os.LINUX ? "2" : "2000"; // FreeBSD counts milliseconds
        List<String> words = new ArrayList<>(List.of("ping", "-n", "-q", "-c", "3", "-i", "0.2", "-W", wait));
        words.addAll(to);
        return Question.command(words);
    }

    /** Whether one came back at least. */
    public static boolean answered(Answer.Output out) {
        Matcher sum = SUMMARY.matcher(out.stdout());
        return sum.find() && Integer.parseInt(sum.group(2)) > 0;
    }

    /** A message of this host's kernel, of an IPv4 router, of an IPv6 router, as both ping(8) word them. */
    public static boolean isTooLong(Answer.Output out) {
        String said = out.stdout() + out.stderr();
        return said.contains("essage too long") || said.contains("rag needed") || said.contains("Packet too big");
    }
}
