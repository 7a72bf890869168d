package org.linkctl.lab;

/**
 * What a program left when it ended.
 *
 * @param exit its exit status; ssh's own failures are 255
 * @param stdout what it wrote, as UTF-8
 * @param stderr what it complained about, as UTF-8
 */
public record ExecResult(int exit, String stdout, String stderr) {
    /**
     * The output of a program that had to succeed.
     *
     * @return stdout without surrounding space
     * @throws LabException if it did not succeed, with both outputs
     */
    public String orThrow() {
        if (exit != 0) {
            throw new LabException("exit status " + exit + "\n" + stderr.strip() + "\n" + stdout.strip());
        }
        return stdout.strip();
    }
}
