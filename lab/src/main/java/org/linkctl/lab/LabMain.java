package org.linkctl.lab;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The lab by itself, for whoever works on it: the command of linkctl is in another part and says more. */
public final class LabMain {
    private static final String USAGE = """
            up DIR twoSites|one MEMBERS   start a lab in DIR
            status DIR                    how its hosts are
            exec DIR HOST SCRIPT          run a script as root
            cut|restore DIR HOST NIC      pull a cable, put it back
            shape DIR HOST NIC MBIT       let a wire carry no more than that (0: no limit)
            reboot|crash DIR HOST         and wait for its sshd
            down DIR                      end it

            ssh -F DIR/ssh_config HOST    a shell on a host
            """;

    private LabMain() {}

    /**
     * Runs one of the commands that it prints when there is none.
     *
     * @param args the command's words
     */
    public static void main(String[] args) {
        List<String> words = Arrays.asList(args);
        if (words.size() < 2) {
            System.out.print(USAGE);
            System.exit(2);
        }
        try {
            System.exit(run(words.getFirst(), Path.of(words.get(1)), words.subList(2, words.size())));
        } catch (LabException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static int run(String command, Path folder, List<String> words) {
        switch (command) {
            case "up" -> {
                LabSpec spec = spec(words.get(0), Integer.parseInt(words.get(1)));
                long start = System.nanoTime();
                Lab lab = Lab.up(spec, folder, System.out::println);
                System.out.printf(
                        "up in %.1f s: ssh -F %s %s%n", (System.nanoTime() - start) / 1e9, lab.sshConfig(), "HOST");
            }
            case "status" -> Lab.attach(folder).status().forEach(System.out::println);
            case "exec" -> {
                ExecResult result = Lab.attach(folder).exec(words.get(0), words.get(1));
                System.out.print(result.stdout());
                System.err.print(result.stderr());
                return result.exit();
            }
            case "cut" -> Lab.attach(folder).wires().cut(words.get(0), words.get(1));
            case "restore" -> Lab.attach(folder).wires().restore(words.get(0), words.get(1));
            case "shape" ->
                Lab.attach(folder).wires().shape(words.get(0), words.get(1), Double.parseDouble(words.get(2)));
            case "reboot" -> Lab.attach(folder).reboot(words.get(0));
            case "crash" -> Lab.attach(folder).crash(words.get(0));
            case "down" -> Lab.attach(folder).down();
            default -> {
                System.out.print(USAGE);
                return 2;
            }
        }
        return 0;
    }

    private static LabSpec spec(String name, int members) {
        return switch (name) {
            case "twoSites" -> Topologies.twoSites(members);
            case "one" -> Topologies.one(members);
            default -> throw new LabException("no topology \"" + name + "\": twoSites or one");
        };
    }
}
