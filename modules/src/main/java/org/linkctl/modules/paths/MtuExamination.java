package org.linkctl.modules.paths;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.model.Os;
import org.linkctl.modules.paths.Call.Way;
import org.linkctl.modules.ping.Pings;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Sight;

/**
 * Whether what a tunnel makes of a full packet passes the path outside in one piece, before there is a tunnel. Where it
 * does not, it is looked how much does.
 */
@AutoService(Examination.class)
public final class MtuExamination implements Examination {
    private static final String SUBJECT = "path MTU";

    /** WireGuard's own header and tag (16 + 16) and that of UDP (8). */
    private static final int OUTSIDE = 40;

    /** A lost ping takes some two seconds, and two are sent to each end. */
    private static final int MOST = 16;

    private static final int COUNT = 3;

    /** What paths are found to carry: PPPoE, tunnels of several kinds, and the least that IPv6 allows (RFC 8200). */
    private static final List<Integer> USUAL =
            List.of(1492, 1480, 1476, 1460, 1440, 1420, 1400, 1380, 1360, 1320, 1280);

    private static final Pattern SAID = Pattern.compile("mtu ?= ?([0-9]{3,5})");

    /**
     * What a full packet is outside.
     *
     * @param size with the IP header
     */
    private record Full(String endpoint, Way way, int size) {
        int payload() {
            return size - way.headers();
        }

        String subject() {
            return SUBJECT + " to " + endpoint;
        }
    }

    @Override
    public String name() {
        return SUBJECT;
    }

    private static List<Full> all(Scope scope) {
        Set<Full> out = new LinkedHashSet<>();
        for (Call call : Call.from(scope.fabric(), scope.host())) {
            for (Way way : call.ways(scope.host().os())) {
                out.add(new Full(call.endpoint(), way, call.mtu() + OUTSIDE + (way.v6() ? 40 : 20)));
            }
        }
        return List.copyOf(out);
    }

    private static List<Full> asked(Scope scope) {
        List<Full> all = all(scope);
        return all.subList(0, Math.min(MOST, all.size()));
    }

    private static Question.Command small(Os os, Full full) {
        return Pings.small(os, full.way().to());
    }

    private static Question.Command whole(Os os, Full full) {
        return Pings.whole(os, COUNT, full.payload(), full.way().to());
    }

    private static Question.Command sized(Os os, Full full, int size) {
        return Pings.whole(os, 1, size - full.way().headers(), full.way().to());
    }

    @Override
    public List<Question<?>> questions(Scope scope, Look look, Sight sight) {
        Os os = scope.host().os();
        List<Question<?>> out = new ArrayList<>();
        for (Full full : asked(scope)) {
            if (look == Look.PROBES) out.addAll(List.of(small(os, full), whole(os, full)));
            if (look == Look.LAST
                    && isTooLarge(scope, full, sight)
                    && said(scope, full, sight).isEmpty()) {
                for (int size : USUAL) if (size < full.size()) out.add(sized(os, full, size));
            }
        }
        return out;
    }

    private static Optional<Answer.Output> probe(Scope scope, Question.Command question, Sight sight) {
        return sight.to(scope.host().name(), Look.PROBES, question);
    }

    private static boolean isTooLarge(Scope scope, Full full, Sight sight) {
        Os os = scope.host().os();
        Optional<Answer.Output> large = probe(scope, whole(os, full), sight);
        if (large.isEmpty() || Pings.answered(large.get())) return false;
        return Pings.isTooLong(large.get())
                || probe(scope, small(os, full), sight).filter(Pings::answered).isPresent();
    }

    /** What the kernel or a router said passes. */
    private static OptionalInt said(Scope scope, Full full, Sight sight) {
        Optional<Answer.Output> large = probe(scope, whole(scope.host().os(), full), sight);
        if (large.isEmpty() || !Pings.isTooLong(large.get())) return OptionalInt.empty();
        Matcher mtu = SAID.matcher(large.get().stdout() + large.get().stderr());
        return mtu.find() ? OptionalInt.of(Integer.parseInt(mtu.group(1))) : OptionalInt.empty();
    }

    @Override
    public List<Diagnosis> diagnoses(Scope scope, Sight sight) {
        List<Diagnosis> out = new ArrayList<>();
        for (Full full : asked(scope)) diagnosis(scope, full, sight).ifPresent(out::add);
        int left = all(scope).size() - asked(scope).size();
        if (left > 0) out.add(Diagnosis.notAsked(SUBJECT, left + " more ends: only " + MOST + " are tried"));
        return out;
    }

    private static Optional<Diagnosis> diagnosis(Scope scope, Full full, Sight sight) {
        Os os = scope.host().os();
        Optional<Answer.Output> large = probe(scope, whole(os, full), sight);
        Optional<Answer.Output> little = probe(scope, small(os, full), sight);
        if (large.isEmpty() || little.isEmpty()) return Optional.empty();
        String bytes = full.size() + " bytes, a full packet of the tunnel with all headers, ";
        if (Pings.answered(large.get()))
            return Optional.of(Diagnosis.fine(full.subject(), bytes + "pass in one piece"));
        if (isTooLarge(scope, full, sight)) return Optional.of(tooLarge(scope, full, sight, bytes));
        if (!Pings.SUMMARY.matcher(little.get().stdout()).find()) return unsent(full, little.get());
        return Optional.of(Diagnosis.doubtful(
                full.subject(),
                "it answers no ping: whether " + bytes + "pass in one piece is not known",
                "let it answer pings for as long, or look with `linkctl verify` once the tunnel is there"));
    }

    /** A name has often addresses of one family only, and a host a way of one family only. */
    private static Optional<Diagnosis> unsent(Full full, Answer.Output said) {
        if (full.way().to().size() > 1) return Optional.empty();
        String why = (said.stdout() + " " + said.stderr()).strip();
        if (said.exit() == 127) {
            return Optional.of(Diagnosis.doubtful(
                    full.subject(), "not known: there is no ping", "`linkctl apply` installs it (iputils-ping)"));
        }
        return Optional.of(Diagnosis.inTheWay(
                full.subject(),
                "nothing can be sent there: " + why,
                "give the host a route of " + full.way().family() + " there, or name another endpoint:"));
    }

    private static Diagnosis tooLarge(Scope scope, Full full, Sight sight, String bytes) {
        OptionalInt passes = said(scope, full, sight);
        if (passes.isEmpty()) {
            passes = USUAL.stream()
                    .filter(size -> sight.to(
                                    scope.host().name(),
                                    Look.LAST,
                                    sized(scope.host().os(), full, size))
                            .filter(Pings::answered)
                            .isPresent())
                    .mapToInt(size -> size)
                    .findFirst();
        }
        if (passes.isEmpty() || passes.getAsInt() >= full.size()) {
            return Diagnosis.inTheWay(
                    full.subject(),
                    bytes + "do not pass in one piece, small ones do",
                    "declare a smaller mtu: for the tunnel, and look again");
        }
        int path = passes.getAsInt();
        int mtu = path - OUTSIDE - (full.way().v6() ? 40 : 20);
        return Diagnosis.inTheWay(
                full.subject(),
                bytes + "do not pass in one piece; " + path + " do",
                mtu >= 1280
                        ? "declare mtu: " + mtu + " for the tunnel"
                        : "declare mtu: " + mtu + " for the tunnel, without IPv6 in it, which needs 1280 (RFC 8200), or"
                                + " raise the MTU of the path");
    }
}
