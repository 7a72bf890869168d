package org.linkctl.modules.vipactions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Vip;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/**
 * The programs of the inventory that are run when a host becomes master or backup of its vips. What was run last is noted in a
 * file of each vip.
 *
 * @param folder of these notes
 */
public record VipActions(List<Vip> vips, String folder) {
    /** Seconds. What takes longer, as a daemon does, has to go into the background by itself. */
    public static final int LIMIT = 60;

    public VipActions {
        vips = List.copyOf(vips);
    }

    /** How a vip's are named to people. */
    public static String subject(Vip vip) {
        return "actions of " + vip.id() + "@" + vip.on();
    }

    public Question.ReadFile note(Vip vip) {
        return Question.file(folder + "/" + vip.on() + "-" + vip.id());
    }

    /** What stands there once everything was run that a host has to run as this. */
    public static String noted(Vip vip, Vip.Role role) {
        return Stream.concat(Stream.of(role.name()), actions(vip, role).map(action -> String.join(" ", words(action))))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static Stream<Vip.Action> actions(Vip vip, Vip.Role role) {
        return vip.actions().stream().filter(action -> action.role() == role);
    }

    private static List<String> words(Vip.Action action) {
        return Stream.concat(Stream.of(action.program()), action.arguments().stream())
                .toList();
    }

    /** Lines of a shell's {@code case} over {@code INTERFACE/ID/ROLE}: a function, {@code $2}, with the words of each. */
    public List<String> cases() {
        return vips.stream()
                .flatMap(vip -> Stream.of(Vip.Role.values())
                        .filter(role -> actions(vip, role).findAny().isPresent())
                        .flatMap(role -> cases(vip, role)))
                .toList();
    }

    private static Stream<String> cases(Vip vip, Vip.Role role) {
        Stream<String> calls = actions(vip, role).map(action -> "    \"$2\" " + new Argv(words(action)).render());
        return Stream.of(Stream.of(vip.on() + "/" + vip.id() + "/" + role + ")"), calls, Stream.of("    ;;"))
                .flatMap(lines -> lines);
    }

    /** Whether the programs are there, and what was run last. */
    public List<Question<?>> questions() {
        return Stream.concat(
                        programs().stream().map(VipActions::runs), vips.stream().map(this::note))
                .<Question<?>>map(question -> question)
                .toList();
    }

    private Set<String> programs() {
        Set<String> out = new LinkedHashSet<>();
        for (Vip vip : vips) vip.actions().forEach(action -> out.add(action.program()));
        return out;
    }

    private static Question.Command runs(String program) {
        return Question.command("test", "-f", program, "-a", "-x", program);
    }

    /** Those programs that are not there, or cannot be run. */
    public Set<String> missing(Answers answers) {
        return programs().stream()
                .filter(program -> !answers.to(runs(program)).ok())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** @throws Refused where a program is not there */
    public void refuse(Set<String> missing) {
        for (Vip vip : vips) {
            for (Vip.Action action : vip.actions()) {
                if (!missing.contains(action.program())) continue;
                throw new Refused("vip " + vip.id() + " on " + vip.on() + ": there is no program " + action.program()
                        + " on this host; linkctl runs it, and does not bring it");
            }
        }
    }
}
