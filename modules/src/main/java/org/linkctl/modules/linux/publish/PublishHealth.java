package org.linkctl.modules.linux.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.model.Publish;
import org.linkctl.model.Vip;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.pair.PairVip;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;

/** Where do connections go, and do all answer that they could go to? */
final class PublishHealth {
    private PublishHealth() {}

    static List<Question<?>> questions(List<PublishedService> published, List<Vip> vips) {
        Set<Question<?>> out = new LinkedHashSet<>();
        if (!vips.isEmpty()) out.add(Links.question());
        for (PublishedService one : published) {
            out.add(held(one));
            for (String check : one.checks()) out.add(ask(check));
        }
        return List.copyOf(out);
    }

    private static Question.Command held(PublishedService one) {
        return Question.command("nft", "-j", "list", "map", "inet", PublishRules.TABLE.name(), PublishRules.map(one));
    }

    /** As the watcher asks, with more patience. */
    private static Question.Command ask(String check) {
        String port = check.substring(0, check.indexOf('@'));
        String address = check.substring(check.indexOf('@') + 1);
        return port.equals(PublishedService.PING)
                ? Question.command("ping", "-q", "-c", "2", "-W", "1", address)
                : Question.command("timeout", "3", "bash", "-c", ": >\"/dev/tcp/$1/$2\"", "ask", address, port);
    }

    /** A host that stands by reaches no spoke, and nobody calls it. */
    static List<Finding> findings(List<PublishedService> published, List<Vip> vips, Answers answers) {
        if (!vips.isEmpty() && PairVip.standsBy(vips, Links.from(answers)))
            return List.of(Finding.good("published", "nothing here: another host has the addresses"));
        List<Finding> out = new ArrayList<>();
        for (PublishedService one : published) findings(out, one, answers);
        return out;
    }

    private static void findings(List<Finding> out, PublishedService one, Answers answers) {
        Map<String, Boolean> alive = new LinkedHashMap<>();
        for (Publish.Target target : one.targets())
            alive.put(
                    target.address().text(), answers.to(ask(one.check(target))).ok());
        Set<String> held = holds(one, answers);
        String names = one.targets().stream()
                .filter(target -> held.contains(target.address().text()))
                .map(target -> target.host() + " (" + target.address() + ")")
                .collect(Collectors.joining(", "));
        if (names.isEmpty()) out.add(Finding.bad(one.subject(), "leads nowhere: its map holds no target"));
        else if (held.stream().allMatch(address -> alive.getOrDefault(address, false)))
            out.add(Finding.good(one.subject(), "goes to " + names));
        else out.add(Finding.bad(one.subject(), "goes to " + names + ", not all of which answer"));
        for (Publish.Target target : one.targets()) {
            String subject = one.subject() + " " + target.host();
            out.add(
                    alive.getOrDefault(target.address().text(), false)
                            ? Finding.good(subject, "answers")
                            : Finding.bad(subject, "does not answer at " + target.address()));
        }
    }

    /** Each element is a slot and the address that it has. */
    private static Set<String> holds(PublishedService one, Answers answers) {
        Set<String> out = new LinkedHashSet<>();
        Answer.Output said = answers.to(held(one));
        if (!said.ok()) return out;
        for (JsonNode object :
                Json.object(held(one).argv().render(), said.stdout()).path("nftables")) {
            for (JsonNode element : object.path("map").path("elem"))
                out.add(element.path(1).asText());
        }
        return out;
    }
}
