package org.linkctl.engine.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.script.Exchange;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.Transfer;
import org.linkctl.shell.Step;

/** Sends a file of this machine to a host. */
final class FileTransfer {
    private final RootShell shell;
    private final Limits limits;

    FileTransfer(RootShell shell, Limits limits) {
        this.shell = shell;
        this.limits = limits;
    }

    /** The first part that failed, or the end. What cannot be read here is a step that failed. */
    StepResult send(Step.SendFile step, Path file) throws IOException {
        Transfer transfer = new Transfer(step, limits);
        try (InputStream in = open(file)) {
            StepResult result = exchange(transfer.begin());
            while (result.ok()) {
                byte[] part = part(in, file);
                if (part.length == 0) return exchange(transfer.end());
                result = exchange(transfer.part(part));
            }
            return result;
        } catch (Unreadable e) {
            return new StepResult(1, String.valueOf(e.getMessage()));
        }
    }

    private StepResult exchange(Exchange<List<StepResult>> exchange) throws IOException {
        return shell.exchange(exchange).getLast();
    }

    private static InputStream open(Path file) throws Unreadable {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new Unreadable(file, e);
        }
    }

    private static byte[] part(InputStream in, Path file) throws Unreadable {
        try {
            return in.readNBytes(Transfer.PART);
        } catch (IOException e) {
            throw new Unreadable(file, e);
        }
    }

    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(Path file, IOException why) {
            super(file + " cannot be read: " + why.getMessage(), why);
        }
    }
}
