package org.linkctl.engine.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.linkctl.engine.StepResult;
import org.linkctl.shell.Step;

/** Steps and their results, each read as soon as it is there. */
final class Doing extends Exchange<List<StepResult>> {
    private final int steps;
    private final Progress progress;
    private final Hush hush;

    Doing(List<Step> steps, Limits limits, Progress progress, Hush hush) {
        super(Scripts.doing(steps, limits));
        this.steps = steps.size();
        this.progress = progress;
        this.hush = hush;
    }

    @Override
    public Duration longest() {
        return limits().whole(steps);
    }

    @Override
    List<StepResult> read(Frames frames) throws IOException {
        List<StepResult> results = new ArrayList<>();
        boolean ok = true;
        for (int i = 0; ok && i < steps; i++) {
            frames.step(i + 1);
            progress.starts(i);
            Part.Status status = frames.status(i + 1);
            List<byte[]> output = frames.output(i + 1);
            StepResult result = result(new Part(status, output.getFirst(), output.getLast()));
            progress.ended(i, result);
            results.add(result);
            ok = result.ok();
        }
        return results;
    }

    private StepResult result(Part part) throws BadReply {
        String output = (hush.of(lenient(part.out())) + hush.of(lenient(part.err()))).strip();
        return switch (part.status()) {
            case Part.Status.Exit(int code) -> new StepResult(code, output);
            case Part.Status.Late() ->
                new StepResult(StepResult.TOO_LONG, ("ended because it took too long\n" + output).strip());
            case Part.Status.NoRoom() -> throw new BadReply("the host has no room for the output of a step");
        };
    }

    private static String lenient(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
