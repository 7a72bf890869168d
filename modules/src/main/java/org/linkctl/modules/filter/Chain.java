package org.linkctl.modules.filter;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A chain of rules, however they are written.
 *
 * @param table what it is in, such as {@code inet firewalld}
 * @param hook where the kernel calls it; null: other chains do
 * @param drops what its rules leave undecided is dropped: its policy
 */
public record Chain(
        String table,
        String name,
        Flow.@Nullable Hook hook,
        boolean drops,
        Function<Flow, Sure> concerns,
        List<Rule> rules) {
    /** As deep as the kernel lets chains call each other (NFT_JUMP_STACK_SIZE). */
    private static final int DEPTH = 16;

    /** What becomes of a packet. */
    enum End {
        ACCEPTED,
        DROPPED,
        RETURNED
    }

    /**
     * One rule.
     *
     * @param target of a JUMP or GOTO; empty for others
     */
    public record Rule(Function<Flow, Sure> matches, Verdict verdict, String target) {}

    /** What a rule does with what it matches. */
    public enum Verdict {
        ACCEPT,
        DROP,
        RETURN,
        JUMP,
        GOTO,
        /** It counts, logs or marks, and the next rule is looked at. */
        CONTINUE,
        /** It does what cannot be told from its text. */
        UNKNOWN
    }

    public Chain {
        rules = List.copyOf(rules);
    }

    /** Whether it drops a packet for certain: where any rule might accept it, it is taken to. */
    public boolean stops(Flow flow, Map<String, Chain> byName) {
        if (hook != flow.hook() || concerns.apply(flow) != Sure.YES) return false;
        Set<End> ends = run(flow, byName, 0);
        return drops ? !ends.contains(End.ACCEPTED) : ends.equals(EnumSet.of(End.DROPPED));
    }

    private Set<End> run(Flow flow, Map<String, Chain> byName, int depth) {
        Set<End> out = EnumSet.noneOf(End.class);
        for (Rule rule : rules) {
            Sure matches = rule.matches().apply(flow);
            if (matches == Sure.NO) continue;
            Set<End> ends = ends(rule, flow, byName, depth);
            boolean goesOn = rule.verdict() == Verdict.CONTINUE || rule.verdict() == Verdict.UNKNOWN;
            if (rule.verdict() == Verdict.JUMP) goesOn = ends.remove(End.RETURNED);
            out.addAll(ends);
            if (matches == Sure.YES && !goesOn) return out;
        }
        out.add(End.RETURNED);
        return out;
    }

    private static Set<End> ends(Rule rule, Flow flow, Map<String, Chain> byName, int depth) {
        return switch (rule.verdict()) {
            case ACCEPT -> EnumSet.of(End.ACCEPTED);
            case DROP -> EnumSet.of(End.DROPPED);
            case RETURN -> EnumSet.of(End.RETURNED);
            case CONTINUE -> EnumSet.noneOf(End.class);
            case UNKNOWN -> EnumSet.of(End.ACCEPTED, End.DROPPED);
            case JUMP, GOTO -> {
                Chain called = byName.get(rule.target());
                if (called == null || depth >= DEPTH) yield EnumSet.allOf(End.class);
                yield called.run(flow, byName, depth + 1);
            }
        };
    }
}
