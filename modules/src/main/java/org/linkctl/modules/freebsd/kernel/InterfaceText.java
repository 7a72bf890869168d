package org.linkctl.modules.freebsd.kernel;

import java.util.stream.Collectors;
import org.linkctl.spi.Answers;

/** What ifconfig(8) shows of one interface, for what {@link Ifconfig} does not read: of which kind it is, and how it is made. */
public final class InterfaceText {
    private InterfaceText() {}

    /** Its lines, of the answer to {@link Ifconfig#question}; empty: there is no such interface. */
    public static String of(String name, Answers answers) {
        boolean[] own = {false};
        return answers.stdout(Ifconfig.question())
                .lines()
                .filter(line -> {
                    if (!line.startsWith("\t")) own[0] = line.startsWith(name + ": ");
                    return own[0];
                })
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
