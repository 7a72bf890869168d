package org.linkctl.modules.linux.sysctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.modules.linux.parameters.SysctlKey;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;

/**
 * Interfaces on which the kernel listens to routers. It stops to, and drops what they told, when forwarding is turned
 * on while accept_ra is 1: a host that is reached by such a route would be lost. 2 makes it go on (kernel:
 * ip-sysctl.rst, accept_ra). networkd listens by itself and keeps accept_ra at 0.
 */
final class SysctlRouters {
    /** How the name of a file of this kind ends. */
    static final String SUFFIX = ".accept_ra.conf";

    private static final Question.Command ROUTES =
            Question.command("ip", "-j", "-6", "route", "show", "table", "main", "proto", "ra");
    private static final Question.Command VALUES =
            Question.command("sysctl", "-a", "-r", "^net\\.ipv6\\.conf\\..*\\.accept_ra$");
    private static final Pattern VALUE =
            Pattern.compile("net\\.ipv6\\.conf\\.(?<device>\\S+)\\.accept_ra = (?<value>\\d+)");

    private SysctlRouters() {}

    static List<Question<?>> questions() {
        return List.of(ROUTES, VALUES);
    }

    /** accept_ra by interface, of those with a route that a router told of. */
    static Map<String, String> read(Answers answers) {
        Set<String> devices = new TreeSet<>();
        for (JsonNode route : Json.objects(ROUTES.argv().render(), answers.stdout(ROUTES))) {
            if (route.has("dev")) devices.add(Json.text(route, "dev"));
            for (JsonNode hop : route.path("nexthops")) devices.add(Json.text(hop, "dev"));
        }
        Map<String, String> out = new TreeMap<>();
        if (devices.isEmpty()) return out;
        for (String line : answers.stdout(VALUES).lines().toList()) {
            Matcher match = VALUE.matcher(line);
            // sysctl(8) prints the dot of a name as a slash.
            String device = match.matches() ? match.group("device").replace('/', '.') : "";
            if (devices.contains(device)) out.put(device, match.group("value"));
        }
        return out;
    }

    static SysctlKey key(String device) {
        return new SysctlKey("net/ipv6/conf/" + device + "/accept_ra");
    }

    private static List<SysctlKey> deaf(SysctlModule.Facts have) {
        return have.routers().entrySet().stream()
                .filter(entry -> entry.getValue().equals("1"))
                .map(entry -> key(entry.getKey()))
                .toList();
    }

    /** The interfaces that are made to go on listening, and those that are already. */
    static Set<String> listening(SysctlModule.Facts have) {
        Set<String> out = new TreeSet<>();
        have.routers().forEach((device, value) -> {
            boolean made = have.boot().files().containsKey(key(device).file());
            if (value.equals("1") || made) out.add(device);
        });
        return out;
    }

    private static String text(SysctlKey key) {
        return key.fileText("2", "Routers are listened to, though this host forwards.");
    }

    static List<Change> changes(SysctlModule.Facts have) {
        List<Change> out = new ArrayList<>();
        for (SysctlKey key : deaf(have)) {
            out.add(Change.state(key.dotted(), "1", "2"));
            out.add(Change.file(key.file(), null, text(key)));
        }
        return out;
    }

    static List<Step> steps(SysctlModule.Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (SysctlKey key : deaf(have)) {
            for (Change change : changes) {
                if (change.is(Change.Kind.STATE, key.dotted())) out.add(new Step.WriteValue(key.proc(), "2"));
                if (change.is(Change.Kind.FILE, key.file())) out.add(Step.put(key.file(), "0644", text(key)));
            }
        }
        return out;
    }
}
