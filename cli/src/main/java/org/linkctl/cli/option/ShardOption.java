package org.linkctl.cli.option;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.Failure;
import org.linkctl.engine.Shard;
import picocli.CommandLine.Option;

/** Which part of the hosts a run has, where several runs share them. */
public final class ShardOption {
    /**
     * How long one shard waits for another, where nobody says it: a run that was killed is undone within a minute, and its
     * lock is given away after three.
     */
    public static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            order = 12,
            description = "Only the hosts of shard I of N, counted from 1; N runs at once do them all (docs/scale.md).")
    private @Nullable String shard;

    /** Null: all hosts. */
    public @Nullable Shard shard() {
        if (shard == null) return null;
        Matcher parts = FORM.matcher(shard);
        if (!parts.matches()) throw new Failure("--shard: '" + shard + "' is not one of several, such as 1/3");
        int index = Integer.parseInt(parts.group(1));
        int count = Integer.parseInt(parts.group(2));
        if (count == 0) throw new Failure("--shard: '" + shard + "': there is no shard of none; 1/1 is all hosts");
        if (index == 0) {
            throw new Failure("--shard: '" + shard + "': shards count from 1 to " + count
                    + "; with Kubernetes, whose index counts from 0: --shard $((JOB_COMPLETION_INDEX + 1))/" + count);
        }
        if (index > count) throw new Failure("--shard: '" + shard + "': shards count from 1 to " + count);
        return new Shard(index, count);
    }

    /** Refuses what cannot be done in parts. */
    public void refuse(boolean is, String option, String why) {
        if (shard != null && is) throw new Failure("--shard and " + option + ": " + why);
    }
}
