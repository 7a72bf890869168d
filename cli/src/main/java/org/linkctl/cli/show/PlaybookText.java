package org.linkctl.cli.show;

import static org.linkctl.cli.show.TextLayout.count;

import java.util.List;
import org.linkctl.model.Fabric;
import org.linkctl.playbook.Condition;
import org.linkctl.playbook.Cut;
import org.linkctl.playbook.Parameter;
import org.linkctl.playbook.Playbook;
import org.linkctl.playbook.Task;

/** What a playbook would do, step by step in its order, before any of it is done. */
public final class PlaybookText {
    private static final int MARGIN = 6;

    private final Fabric fabric;
    private final Playbook playbook;
    private final TextStyle style;
    private final Paint paint;
    private final int words;
    private final StringBuilder out = new StringBuilder();

    private PlaybookText(Playbook playbook, Fabric fabric, TextStyle style) {
        this.fabric = fabric;
        this.playbook = playbook;
        this.style = style;
        this.paint = style.paint();
        this.words = playbook.all()
                .mapToInt(task -> ActionText.word(task.action()).length())
                .max()
                .orElse(0);
    }

    /** @param from the number of the step at which it begins; the ones before are told as left out */
    public static String of(Playbook playbook, Fabric fabric, int from, TextStyle style) {
        PlaybookText text = new PlaybookText(playbook, fabric, style);
        text.head();
        text.tasks("", playbook.tasks(), from);
        text.tasks("if a step fails", playbook.onFailure(), 0);
        text.tasks("at the end, whatever happened", playbook.always(), 0);
        text.cuts(from);
        text.summary(from);
        return text.out.toString();
    }

    private void head() {
        out.append(paint.heading(playbook.name()))
                .append(": ")
                .append(paint.text(TextLayout.wrap(playbook.about(), 2, style.width())))
                .append("\n  inventory: ")
                .append(paint.text(fabric.name()))
                .append('\n');
        for (Parameter one : playbook.parameters()) {
            out.append("  ")
                    .append(paint.text(one.name() + " = " + one.value()))
                    .append(one.given() ? "" : paint.aside(" (default)"))
                    .append('\n');
        }
    }

    private void tasks(String phase, List<Task> tasks, int from) {
        if (tasks.isEmpty()) return;
        out.append('\n');
        if (!phase.isEmpty()) out.append(paint.heading(phase)).append('\n');
        String title = "";
        for (Task task : tasks) {
            String named = task.title() + (task.login().isEmpty() ? "" : " (logs in as " + task.login() + ")");
            if (!named.equals(title)) {
                title = named;
                if (!title.isEmpty())
                    out.append("  ").append(paint.heading(title)).append('\n');
            }
            task(task, task.number() < from);
        }
    }

    private void task(Task task, boolean leftOut) {
        String number = String.format("%4d  ", task.number());
        String word = TextLayout.pad(ActionText.word(task.action()), words) + "  ";
        String hosts = String.join(", ", ActionText.hosts(task.action()));
        int indent = MARGIN + words + 2;
        String what = (hosts.isEmpty() ? "" : hosts + ": ") + ActionText.what(task.action());
        String unknown = ActionText.unknown(task.action());
        if (leftOut) what = "(left out) " + what;
        out.append(number)
                .append(leftOut ? paint.aside(word) : paint.changed(word))
                .append(paint.text(TextLayout.wrap(what, indent, style.width())))
                .append('\n');
        for (Condition one : task.conditions()) {
            out.append(" ".repeat(indent))
                    .append(paint.aside(
                            TextLayout.wrap("(only the run knows: " + one.phrase() + ")", indent, style.width())))
                    .append('\n');
        }
        if (unknown.isEmpty() || leftOut) return;
        out.append(" ".repeat(indent))
                .append(paint.aside(TextLayout.wrap("(" + unknown + ")", indent, style.width())))
                .append('\n');
    }

    private void cuts(int from) {
        List<Cut> cuts = Cut.of(playbook, fabric, from);
        if (cuts.isEmpty()) return;
        out.append('\n');
        for (Cut cut : cuts) {
            out.append(paint.alarm("! cuts traffic"))
                    .append(paint.text(": step " + cut.task().number() + ", " + cut.why()))
                    .append('\n');
        }
    }

    private void summary(int from) {
        int left = (int)
                playbook.tasks().stream().filter(task -> task.number() >= from).count();
        out.append('\n')
                .append(paint.heading("Playbook: " + count(left, "step") + " to be done"))
                .append('\n');
    }
}
