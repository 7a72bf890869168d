package org.linkctl.cli.render;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.linkctl.cli.show.StepText;
import org.linkctl.engine.HostPlan;
import org.linkctl.model.Host;
import org.linkctl.shell.Content;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** Bare plans as texts: for each host, {@code commands.txt} and what it puts in place under {@code files/}. */
public final class Rendering {
    /** The content of a file that holds a secret. */
    static final String HIDDEN = "(hidden)\n";

    private final Map<String, String> texts = new TreeMap<>();

    private Rendering() {}

    /** The texts by their path below the output folder, sorted. */
    public static Map<String, String> of(Map<Host, HostPlan> plans) {
        Rendering rendering = new Rendering();
        plans.forEach((host, plan) -> rendering.host(host.name() + "/", plan));
        return new LinkedHashMap<>(rendering.texts);
    }

    private void host(String folder, HostPlan plan) {
        StringBuilder commands = new StringBuilder();
        for (HostPlan.Item item : plan.items()) {
            commands.append(commands.isEmpty() ? "" : "\n")
                    .append("# ")
                    .append(item.resource())
                    .append('\n');
            for (String unknown : item.unknowns()) {
                commands.append("# ")
                        .append(Change.UNKNOWN)
                        .append(": ")
                        .append(unknown)
                        .append('\n');
            }
            Set<String> others = others(item);
            for (Change change : item.changes()) if (!others.contains(change.subject())) file(folder, change);
            for (Step step : item.steps()) {
                commands.append(StepText.of(step)).append('\n');
                if (step instanceof Step.PutFile put) file(folder, put);
            }
        }
        texts.put(folder + "commands.txt", commands.toString());
    }

    /** The paths of what is no text: links, and files that are sent as they are. */
    private static Set<String> others(HostPlan.Item item) {
        Set<String> out = new HashSet<>();
        for (Step step : item.steps()) {
            if (step instanceof Step.SendFile send) out.add(send.path());
            if (step instanceof Step.Link link) out.add(link.path());
        }
        return out;
    }

    /** Where a resource cannot be made yet, its changes are the only source for its files. */
    private void file(String folder, Change change) {
        String after = change.after();
        if (change.kind() == Change.Kind.FILE && after != null) texts.put(path(folder, change.subject()), after);
    }

    private void file(String folder, Step.PutFile put) {
        String text = switch (put.content()) {
            case Content.Plain(String plain) -> plain;
            case Content.Hidden hidden -> HIDDEN;
        };
        texts.put(path(folder, put.path()), text);
    }

    private static String path(String folder, String absolute) {
        return folder + "files" + absolute;
    }
}
