package org.linkctl.modules.frr;

import java.util.ArrayList;
import java.util.List;

/**
 * A command of FRR's configuration, such as {@code neighbor 192.0.2.1 remote-as 64512}.
 *
 * @param context the commands that lead to where it stands, such as {@code router bgp 64512}; empty: at the top
 * @param text with single blanks
 */
public record FrrLine(List<String> context, String text) {
    public FrrLine {
        context = List.copyOf(context);
        text = text.strip().replaceAll("\\s+", " ");
    }

    static FrrLine top(String text) {
        return new FrrLine(List.of(), text);
    }

    /** A command in the context that this one opens. */
    FrrLine in(String inner) {
        return new FrrLine(path(), inner);
    }

    /** The context that this command opens. */
    List<String> path() {
        List<String> out = new ArrayList<>(context);
        out.add(text);
        return out;
    }

    boolean isIn(FrrLine opener) {
        List<String> path = opener.path();
        return context.size() >= path.size() && context.subList(0, path.size()).equals(path);
    }

    /** With what stands around it, as far as a reader of a plan needs it. */
    String shown() {
        return context.size() < 2 ? text : context.getLast() + ": " + text;
    }
}
