package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SecretOptions;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.UndeclaredOptions;
import org.linkctl.cli.show.PlanJson;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.SavedPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.plan.Undeclared;
import org.linkctl.shell.Argv;

/** A saved plan, to be carried out exactly or not at all: docs/plan-json.md. */
final class PlanFile {
    private final Path file;
    private final SavedPlan saved;

    private PlanFile(Path file, SavedPlan saved) {
        this.file = file;
        this.saved = saved;
    }

    static boolean isOne(Path path) {
        return path.toString().endsWith(".json");
    }

    static void write(
            Path file,
            InventoryArgument.Read read,
            SelectionOptions selection,
            UndeclaredOptions undeclared,
            SecretOptions secrets,
            PlanReport report) {
        SavedPlan.Origin origin = new SavedPlan.Origin(
                read.file().toAbsolutePath().normalize().toString(),
                hash(read.file()),
                selection.limit(),
                selection.only(),
                undeclared.undeclared() == Undeclared.PURGED,
                secrets.rotatedPsks(),
                secrets.rotatedKeys());
        try {
            Path _ = PrivateFile.write(file, PlanJson.of(report, origin));
        } catch (IOException e) {
            throw new Failure("-o: '" + file + "' cannot be written: " + PrivateFile.why(e));
        }
    }

    static PlanFile read(Path file) {
        try {
            return new PlanFile(file, SavedPlan.parse(Files.readString(file)));
        } catch (NoSuchFileException e) {
            throw new Failure("'" + file + "': no such file; `linkctl plan INVENTORY -o " + Argv.quote(file.toString())
                    + "` writes one");
        } catch (IOException e) {
            throw new Failure("'" + file + "' cannot be read: " + PrivateFile.why(e));
        } catch (IllegalArgumentException e) {
            throw new Failure("'" + file + "' is not a plan that `linkctl plan -o` wrote: " + e.getMessage());
        }
    }

    /** The inventory that it was made from. */
    Path inventory() {
        return Path.of(saved.origin().inventory());
    }

    /**
     * Sets the options to those of the saved plan.
     *
     * @throws Failure where the command line gives others
     */
    void select(SelectionOptions selection, UndeclaredOptions undeclared, SecretOptions secrets) {
        if (!selection.limit().isEmpty() || !selection.only().isEmpty()) {
            throw new Failure("--limit and --only were given when the plan was made; a plan is carried out as a whole");
        }
        if (undeclared.undeclared() == Undeclared.PURGED && !saved.origin().purgeKeys()) {
            throw new Failure("--purge-keys was not given when the plan was made; make a new plan with it");
        }
        SavedPlan.Origin origin = saved.origin();
        other("--rotate-psk", secrets.rotatedPsks(), origin.rotatePsk());
        other("--rotate-key", secrets.rotatedKeys(), origin.rotateKey());
        secrets.rotate(origin.rotatePsk(), origin.rotateKey());
        selection.set(origin.limit(), origin.only());
        if (origin.purgeKeys()) undeclared.set(Undeclared.PURGED);
    }

    private static void other(String option, List<String> said, List<String> planned) {
        if (said.isEmpty() || said.equals(planned)) return;
        String then = planned.isEmpty() ? "not given" : "'" + String.join(",", planned) + "'";
        throw new Failure(option + " was " + then + " when the plan was made; make a new plan with it");
    }

    /**
     * Requires that what would be done now is what was planned.
     *
     * @throws Failure naming what differs
     */
    void require(PlanReport now) {
        List<String> differing = saved.moved(PlanJson.of(now));
        Map<String, String> barred = barred(now);
        List<String> moved = new ArrayList<>();
        if (!hash(inventory()).equals(saved.origin().sha256())) moved.add("the inventory " + inventory());
        differing.stream().filter(name -> !barred.containsKey(name)).forEach(moved::add);
        barred.keySet().retainAll(differing);
        if (moved.isEmpty() && barred.isEmpty()) return;
        StringBuilder said = new StringBuilder("Nothing was changed: ");
        if (moved.isEmpty()) said.append("not all of '").append(file).append("' can be done now");
        else
            said.append("since '")
                    .append(file)
                    .append("' was made, these have moved: ")
                    .append(String.join(", ", moved));
        barred.forEach(
                (name, why) -> said.append("\n  ").append(name).append(": ").append(why));
        said.append(moved.isEmpty() ? "\nApply it again once that is over." : "\nMake a new plan: " + again());
        throw new Failure(
                moved.isEmpty() ? ExitStatus.of(now.outcomes().values()) : ExitStatus.REFUSED, said.toString());
    }

    /** Hosts that cannot be changed now, whatever was planned for them, and why. */
    private static Map<String, String> barred(PlanReport now) {
        Map<String, String> out = new LinkedHashMap<>();
        now.outcomes().forEach((host, outcome) -> {
            switch (outcome) {
                case Outcome.Locked(String holder) -> out.put(host.name(), "somebody else is at work there: " + holder);
                case Outcome.Unreachable(String why) -> out.put(host.name(), "unreachable: " + why);
                case Outcome.Refused(String why, var plan) -> out.put(host.name(), "refused: " + why);
                default -> {}
            }
        });
        return out;
    }

    private String again() {
        return "linkctl plan " + Argv.quote(inventory().toString())
                + saved.origin().options() + " -o " + Argv.quote(file.toString());
    }

    private static String hash(Path inventory) {
        try {
            byte[] bytes = Files.readAllBytes(inventory);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (IOException e) {
            throw new Failure("'" + inventory + "' cannot be read: " + PrivateFile.why(e));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
