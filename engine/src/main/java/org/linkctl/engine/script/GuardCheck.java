package org.linkctl.engine.script;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/**
 * The question to a host's guard whether steps may follow. It precedes those of every resource, so that the shell answers it by
 * itself where it can ({@code lc_check} in shell.sh).
 *
 * @param folder where the guard is kept
 */
public record GuardCheck(String folder, Command command, String run) {
    private static final String PROGRAM = "/guard";

    /** What is asked. */
    public enum Command {
        /** Whether the run's lock is held, and its undo armed. */
        BEGIN,
        /** Whether the run's lock is held. */
        OWN;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same as a step, which asks the guard's program. */
    public Step step() {
        return Step.run("sh", folder + PROGRAM, command.word(), run);
    }

    static Optional<GuardCheck> of(Step step) {
        if (!(step instanceof Step.Run(Argv argv, List<Argv> _)) || argv.words().size() != 4) return Optional.empty();
        String program = argv.words().get(1);
        if (!program.endsWith(PROGRAM)) return Optional.empty();
        String folder = program.substring(0, program.length() - PROGRAM.length());
        for (Command command : Command.values()) {
            GuardCheck check = new GuardCheck(folder, command, argv.words().get(3));
            if (check.step().equals(step)) return Optional.of(check);
        }
        return Optional.empty();
    }

    /** The call of it. */
    String call(int number, String function) {
        return "lc_check " + number + " " + function + " " + Argv.quote(folder) + " " + command.word() + " "
                + Argv.quote(run);
    }
}
