package org.linkctl.modules.freebsd.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.model.Publish;
import org.linkctl.model.Vip;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.pfrules.PfPublish;
import org.linkctl.modules.freebsd.vip.VipState;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;

/** Where do connections go, and do all answer that they could go to? */
final class PublishHealth {
    private PublishHealth() {}

    static List<Question<?>> questions(PublishModule.Want want) {
        Set<Question<?>> out = new LinkedHashSet<>();
        if (want.published().isEmpty()) return List.of();
        if (!want.vips().isEmpty()) out.add(Ifconfig.question());
        for (PfPublish one : want.published()) {
            out.add(held(want, one));
            for (String check : one.what().checks()) out.add(ask(check));
        }
        return List.copyOf(out);
    }

    private static Question.Command held(PublishModule.Want want, PfPublish one) {
        List<String> words = new ArrayList<>(List.of("pfctl"));
        words.addAll(want.place());
        words.addAll(List.of("-t", one.table(), "-T", "show"));
        return Question.command(words);
    }

    /** As the watcher asks, with more patience. */
    private static Question.Command ask(String check) {
        String port = check.substring(0, check.indexOf('@'));
        String address = check.substring(check.indexOf('@') + 1);
        return port.equals(PublishedService.PING)
                ? Question.command("ping", "-q", "-c", "2", "-W", "1000", address)
                : Question.command("nc", "-n", "-z", "-w", "3", address, port);
    }

    /** A host that stands by reaches no spoke, and nobody calls it. */
    static List<Finding> findings(PublishModule.Want want, Answers answers) {
        if (!want.vips().isEmpty()) {
            Ifconfig links = Ifconfig.read(answers);
            if (want.vips().stream().noneMatch(vip -> VipState.isMaster(links, vip))) {
                return List.of(Finding.good("published", "nothing here: another host has the addresses"));
            }
        }
        List<Finding> out = new ArrayList<>();
        for (PfPublish one : want.published()) published(out, want, one, answers);
        return out;
    }

    private static void published(List<Finding> out, PublishModule.Want want, PfPublish one, Answers answers) {
        String subject = one.what().subject();
        Map<String, Boolean> alive = new LinkedHashMap<>();
        for (Publish.Target target : one.what().targets()) {
            boolean answered = answers.to(ask(one.what().check(target))).ok();
            alive.put(target.address().text(), answered);
        }
        Set<String> held = new LinkedHashSet<>();
        Answer.Output shown = answers.to(held(want, one));
        for (String line : shown.stdout().lines().toList()) held.add(line.strip());
        String names = one.what().targets().stream()
                .filter(target -> held.contains(target.address().text()))
                .map(target -> target.host() + " (" + target.address() + ")")
                .collect(Collectors.joining(", "));
        if (!shown.ok() || names.isEmpty()) out.add(Finding.bad(subject, "leads nowhere: its table holds no target"));
        else if (held.stream().anyMatch(address -> !alive.getOrDefault(address, false))) {
            out.add(ailing(want, subject, "goes to " + names + ", not all of which answer"));
        } else out.add(Finding.good(subject, "goes to " + names));
        for (Publish.Target target : one.what().targets()) {
            String about = subject + " " + target.host();
            if (alive.getOrDefault(target.address().text(), false)) out.add(Finding.good(about, "answers"));
            else out.add(ailing(want, about, "does not answer at " + target.address()));
        }
    }

    /** After a host of a pair took over, the spokes find it one by one: {@link Vip}s that moved are no fault. */
    private static Finding ailing(PublishModule.Want want, String subject, String text) {
        return want.vips().isEmpty() ? Finding.bad(subject, text) : Finding.doubtful(subject, text);
    }
}
