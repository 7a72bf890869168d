package org.linkctl.cli;

/** Where Java comes in. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Terminal terminal = Terminal.system();
        int status = new Cli(terminal, Parts.installed()).run(args);
        terminal.flush();
        System.exit(status);
    }
}
