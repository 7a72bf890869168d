package org.linkctl.engine.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Unreachable;

/** Reads what {@code ssh -G} prints: a keyword in lower case and its value on each line (ssh_config(5)). */
final class SshConfigParser {
    private final Map<String, String> environment;
    private final Path home;

    SshConfigParser(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    SshOptions parse(String text) {
        Map<String, List<String>> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            int blank = line.indexOf(' ');
            if (blank > 0)
                values.computeIfAbsent(line.substring(0, blank).toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .add(line.substring(blank + 1));
        }
        String hostname = required(values, "hostname");
        String user = required(values, "user");
        int port = Integer.parseInt(required(values, "port"));
        List<Path> identities = values.getOrDefault("identityfile", List.of()).stream()
                .filter(name -> !name.equals("none"))
                .map(name -> path(name, hostname, user, port))
                .toList();
        String command = given(values, "proxycommand");
        return new SshOptions(
                hostname,
                user,
                port,
                family(values),
                keyName(given(values, "hostkeyalias"), hostname, port),
                identities,
                "yes".equals(given(values, "identitiesonly")),
                agent(raw(values, "identityagent"), hostname, user, port),
                jumps(given(values, "proxyjump")),
                command == null ? null : expand(command, hostname, user, port),
                files(given(values, "userknownhostsfile"), hostname, user, port),
                files(given(values, "globalknownhostsfile"), hostname, user, port),
                accepts(given(values, "stricthostkeychecking")),
                timeout(given(values, "connecttimeout")));
    }

    private static String required(Map<String, List<String>> values, String key) {
        String value = given(values, key);
        if (value == null) throw new Unreachable("ssh -G tells no " + key);
        return value;
    }

    private static @Nullable String raw(Map<String, List<String>> values, String key) {
        List<String> all = values.get(key);
        return all == null ? null : all.getFirst();
    }

    /** A value that was set to something; {@code none} is how ssh_config(5) unsets. */
    private static @Nullable String given(Map<String, List<String>> values, String key) {
        String value = raw(values, key);
        return "none".equals(value) ? null : value;
    }

    private static SshOptions.Family family(Map<String, List<String>> values) {
        String family = given(values, "addressfamily");
        if ("inet".equals(family)) return SshOptions.Family.INET;
        return "inet6".equals(family) ? SshOptions.Family.INET6 : SshOptions.Family.ANY;
    }

    /** As ssh files a host's key: an alias stands for name and port (sshconnect.c, get_hostfile_hostname_ipaddr). */
    private static String keyName(@Nullable String alias, String hostname, int port) {
        if (alias != null) return alias.toLowerCase(Locale.ROOT);
        String name = hostname.toLowerCase(Locale.ROOT);
        return port == 22 ? name : "[" + name + "]:" + port;
    }

    /** IdentityAgent: a path, {@code SSH_AUTH_SOCK}, or {@code $NAME}; without it SSH_AUTH_SOCK counts. */
    private @Nullable Path agent(@Nullable String value, String hostname, String user, int port) {
        if ("none".equals(value)) return null;
        String socket = value == null || value.equals("SSH_AUTH_SOCK") ? environment.get("SSH_AUTH_SOCK") : value;
        if (value != null && value.startsWith("$") && !value.startsWith("${"))
            socket = environment.get(value.substring(1));
        return socket == null || socket.isEmpty() ? null : path(socket, hostname, user, port);
    }

    private static List<String> jumps(@Nullable String value) {
        return value == null ? List.of() : List.of(value.split(",", -1));
    }

    private List<Path> files(@Nullable String value, String hostname, String user, int port) {
        if (value == null) return List.of();
        return List.of(value.trim().split(" +", -1)).stream()
                .map(name -> path(name, hostname, user, port))
                .toList();
    }

    /** {@code no} accepts even changed keys in ssh(1); linkctl never does. */
    private static boolean accepts(@Nullable String value) {
        return value != null && List.of("no", "off", "false", "accept-new").contains(value);
    }

    private static @Nullable Duration timeout(@Nullable String value) {
        return value == null || !value.matches("[0-9]{1,6}") || value.equals("0")
                ? null
                : Duration.ofSeconds(Integer.parseInt(value));
    }

    private Path path(String name, String hostname, String user, int port) {
        String expanded = expand(name, hostname, user, port);
        if (expanded.equals("~") || expanded.startsWith("~/"))
            return home.resolve(expanded.substring(1).replaceFirst("^/", ""));
        return Path.of(expanded);
    }

    /** The tokens that ssh_config(5) allows in paths and in ProxyCommand, and {@code ${NAME}} of the environment. */
    private String expand(String text, String hostname, String user, int port) {
        Map<Character, String> tokens = Map.of(
                '%',
                "%",
                'h',
                hostname,
                'n',
                hostname,
                'p',
                Integer.toString(port),
                'r',
                user,
                'u',
                System.getProperty("user.name", ""),
                'd',
                home.toString());
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            int close = text.startsWith("${", i) ? text.indexOf('}', i) : -1;
            if (close > 0) {
                out.append(environment.getOrDefault(text.substring(i + 2, close), ""));
                i = close;
            } else if (one == '%' && i + 1 < text.length()) {
                String token = tokens.get(text.charAt(++i));
                if (token == null)
                    throw new Unreachable("the token %" + text.charAt(i) + " of ssh_config is not supported: " + text);
                out.append(token);
            } else {
                out.append(one);
            }
        }
        return out.toString();
    }
}
