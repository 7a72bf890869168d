package org.linkctl.cli.secrets;

import java.util.Arrays;
import java.util.List;
import org.linkctl.shell.Argv;

/**
 * A program that prints one secret, such as {@code pass show linkctl/{name}}.
 *
 * @param template its words; {name} in them stands for the secret's name
 */
record CommandProvider(List<String> template, SecretProgram program) implements Provider {
    static final String NAME = "{name}";

    CommandProvider {
        template = List.copyOf(template);
    }

    @Override
    public Lookup look(String name) {
        List<String> words =
                template.stream().map(word -> word.replace(NAME, name)).toList();
        String where = "command: " + new Argv(words);
        return switch (program.run(words)) {
            case SecretProgram.Result.Printed printed -> {
                Lookup found = SecretFile.decoded(printed.bytes(), where);
                Arrays.fill(printed.bytes(), (byte) 0);
                yield found;
            }
            case SecretProgram.Result.Ended(int status) ->
                new Lookup.Absent(
                        where + ": ended with status " + status + "; what it said is not shown, run it yourself");
            case SecretProgram.Result.Failed(String why) -> new Lookup.Refused(where + ": " + why);
        };
    }
}
