package org.linkctl.cli.playbook;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.io.UserFolders;
import org.linkctl.model.Fabric;

/** Figures of a step in one line, kept by fabric and name in the user's state folder, to be shown beside the next ones. */
record KeptFigures(CommandContext context, Fabric fabric) {
    /** These, and those of the last time; from now on these are the last. */
    String besideLast(String name, String now) {
        Optional<Path> file = UserFolders.state(context.terminal().environment())
                .map(state -> state.resolve("measured")
                        .resolve(fabric.name())
                        .resolve(URLEncoder.encode(name, StandardCharsets.UTF_8) + ".txt"));
        String before = file.filter(Files::exists).map(KeptFigures::last).orElse("");
        file.ifPresent(path -> keep(path, now));
        return now + (before.isEmpty() ? "" : "; last time " + before);
    }

    private static String last(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private void keep(Path file, String text) {
        try {
            Path _ = PrivateFile.folder(Objects.requireNonNull(file.getParent(), "it is in a folder"));
            Path _ = PrivateFile.write(file, text + "\n");
        } catch (IOException e) {
            context.reportLoss("'" + file + "' cannot be written: " + PrivateFile.why(e));
        }
    }
}
