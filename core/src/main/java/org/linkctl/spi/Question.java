package org.linkctl.spi;

import java.util.List;
import java.util.Optional;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Secret;

/**
 * Something to ask a host, and the handle by which its answer is read ({@link Answers#to}). Asking changes nothing there.
 * Equal questions are asked once, however many modules ask.
 *
 * @param <A> what an answer gives
 */
public sealed interface Question<A> {
    /**
     * What an answer to it gives.
     *
     * @throws UnreadableFacts where it gives none
     */
    A read(Answer answer);

    /** Runs a read-only command. Any exit status is an answer. */
    record Command(Argv argv) implements Question<Answer.Output> {
        @Override
        public Answer.Output read(Answer answer) {
            return switch (answer) {
                case Answer.Output output -> output;
                case Answer.Unreadable(String why) -> throw new UnreadableFacts(argv + ": " + why);
                default -> throw new UnreadableFacts(argv + ": not read as a command");
            };
        }
    }

    /** Reads a whole file; empty where there is no such file. */
    record ReadFile(String path) implements Question<Optional<String>> {
        @Override
        public Optional<String> read(Answer answer) {
            return switch (answer) {
                case Answer.Text file -> Optional.of(file.text());
                case Answer.Absent() -> Optional.empty();
                case Answer.Unreadable(String why) -> throw new UnreadableFacts(path + ": " + why);
                case Answer.Output output -> throw new UnreadableFacts(path + ": not read as a file");
                case Answer.Hidden hidden -> throw new UnreadableFacts(path + ": not read as a plain file");
            };
        }
    }

    /** Reads a whole file that nobody may see: a {@link Secret} from the first byte on. Empty where there is no such file. */
    record ReadSecret(String path) implements Question<Optional<Secret>> {
        @Override
        public Optional<Secret> read(Answer answer) {
            return switch (answer) {
                case Answer.Hidden(Secret secret) -> Optional.of(secret);
                case Answer.Absent() -> Optional.empty();
                case Answer.Unreadable(String why) -> throw new UnreadableFacts(path + ": " + why);
                case Answer.Output output -> throw new UnreadableFacts(path + ": not read as a file");
                case Answer.Text text -> throw new UnreadableFacts(path + ": not read as a hidden file");
            };
        }
    }

    static Command command(String... words) {
        return new Command(Argv.of(words));
    }

    static Command command(List<String> words) {
        return new Command(new Argv(words));
    }

    static ReadFile file(String path) {
        return new ReadFile(path);
    }

    static ReadSecret secret(String path) {
        return new ReadSecret(path);
    }
}
