package org.linkctl.cli.option;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.io.GitRevision;
import org.linkctl.engine.Safety;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How changes are kept from cutting off management access. */
public final class SafetyOptions {
    @Option(
            names = "--confirm-within",
            paramLabel = "TIME",
            order = 5,
            converter = DurationConverter.class,
            description =
                    "How long a changed host waits for linkctl to come back before it undoes the change by itself "
                            + "(60s).")
    private Duration confirmWithin = Safety.USUAL.confirmWithin();

    @Mixin
    private final LockOption lock = new LockOption();

    public Safety safety(Path inventory, String fabric, CommandContext context) {
        return safety(inventory, fabric, context, Safety.USUAL.lockTimeout());
    }

    /** @param patience how long to wait for another run, where nobody says it */
    public Safety safety(Path inventory, String fabric, CommandContext context, Duration patience) {
        if (confirmWithin.toSeconds() < 5) {
            throw new Failure("--confirm-within: '" + confirmWithin.toSeconds() + "s' is too short to come back; 5s is "
                    + "the least");
        }
        return new Safety(
                confirmWithin, lock.timeout(patience), context.installation().home(), about(inventory, fabric));
    }

    /** Who runs the command, from where, with which inventory: recorded on the hosts. */
    public static Map<String, String> about(Path inventory, String fabric) {
        Map<String, String> out = new TreeMap<>(Map.of(
                "who", System.getProperty("user.name", "somebody"),
                "from", machine(),
                "started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "inventory", inventory.toAbsolutePath().normalize().toString(),
                "fabric", fabric));
        String revision = GitRevision.of(inventory);
        if (!revision.isEmpty()) out.put("revision", revision);
        return out;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a machine without a name";
        }
    }
}
