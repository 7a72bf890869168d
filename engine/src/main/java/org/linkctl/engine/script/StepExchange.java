package org.linkctl.engine.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.linkctl.engine.StepResult;
import org.linkctl.shell.Step;

/** A script of steps, and their results, each read as soon as it arrives. */
final class StepExchange extends Exchange<List<StepResult>> {
    private final int steps;
    private final StepProgress progress;
    private final SecretRedactor redactor;

    StepExchange(List<Step> steps, Limits limits, StepProgress progress, SecretRedactor redactor) {
        this(ScriptWriter.steps(steps, limits), steps.size(), progress, redactor);
    }

    /** @param steps how many the script holds */
    StepExchange(Script script, int steps, StepProgress progress, SecretRedactor redactor) {
        super(script);
        this.steps = steps;
        this.progress = progress;
        this.redactor = redactor;
    }

    @Override
    public Duration longest() {
        return limits().total(steps);
    }

    @Override
    List<StepResult> read(FrameReader frames) throws IOException {
        List<StepResult> results = new ArrayList<>();
        boolean ok = true;
        for (int i = 0; ok && i < steps; i++) {
            frames.step(i + 1);
            progress.starts(i);
            CommandResult.Status status = frames.status(i + 1);
            List<byte[]> output = frames.output(i + 1);
            StepResult result = result(new CommandResult(status, output.getFirst(), output.getLast()));
            progress.ended(i, result);
            results.add(result);
            ok = result.ok();
        }
        return results;
    }

    private StepResult result(CommandResult part) throws BadReply {
        String output = (redactor.redact(lenient(part.out())) + redactor.redact(lenient(part.err()))).strip();
        return switch (part.status()) {
            case CommandResult.Status.Exit(int code) -> new StepResult(code, output);
            case CommandResult.Status.TimedOut() ->
                new StepResult(StepResult.TOO_LONG, ("ended because it took too long\n" + output).strip());
            case CommandResult.Status.NoRoom() -> throw new BadReply("the host has no room for the output of a step");
        };
    }

    private static String lenient(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
