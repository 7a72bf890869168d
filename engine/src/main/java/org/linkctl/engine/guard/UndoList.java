package org.linkctl.engine.guard;

import java.util.List;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/**
 * The undo list of steps, for the guard on the host: calls of its functions {@code file}, {@code value} and {@code
 * run}, the last step first. Each does nothing where its step was not carried out.
 */
final class UndoList {
    private UndoList() {}

    static String of(List<Step> steps) {
        StringBuilder out = new StringBuilder();
        for (int i = steps.size(); i > 0; i--) {
            switch (steps.get(i - 1)) {
                case Step.PutFile put -> call(out, "file", i, List.of(put.path()));
                case Step.SendFile sent -> call(out, "file", i, List.of(sent.path()));
                case Step.Link link -> call(out, "file", i, List.of(link.path()));
                case Step.RemoveFile(String path) -> call(out, "file", i, List.of(path));
                case Step.GenerateFile made -> call(out, "file", i, List.of(made.path()));
                case Step.WriteValue(String path, String _) -> call(out, "value", i, List.of(path));
                case Step.Run(Argv _, List<Argv> undo) -> {
                    for (Argv argv : undo) call(out, "run", i, argv.words());
                }
            }
        }
        return out.toString();
    }

    private static void call(StringBuilder out, String function, int step, List<String> words) {
        out.append(function).append(' ').append(step);
        for (String word : words) out.append(' ').append(Argv.quote(word));
        out.append('\n');
    }
}
