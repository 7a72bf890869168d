package org.linkctl.spi;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the hosts have answered so far, by the name of the host and when it was asked.
 *
 * @param byHost none of a host that could not be asked
 */
public record Sight(Map<String, Map<Examination.Look, Answers>> byHost) {
    public static final Sight NONE = new Sight(Map.of());

    public Sight {
        Map<String, Map<Examination.Look, Answers>> all = new HashMap<>();
        byHost.forEach((host, answers) -> all.put(host, Map.copyOf(answers)));
        byHost = Map.copyOf(all);
    }

    /** Empty where the host was not asked then, or not this. */
    public <A> Optional<A> to(String host, Examination.Look look, Question<A> question) {
        return Optional.ofNullable(byHost.getOrDefault(host, Map.of()).get(look))
                .filter(answers -> answers.byQuestion().containsKey(question))
                .map(answers -> answers.to(question));
    }

    /** Whether a host answered at all. */
    public boolean has(String host) {
        return byHost.containsKey(host);
    }

    /**
     * What a host was asked first.
     *
     * @throws UnreadableFacts where it was not asked
     */
    public Answers first(Scope scope) {
        Answers answers = byHost.getOrDefault(scope.host().name(), Map.of()).get(Examination.Look.FIRST);
        if (answers == null) throw new UnreadableFacts("not asked");
        return answers;
    }
}
