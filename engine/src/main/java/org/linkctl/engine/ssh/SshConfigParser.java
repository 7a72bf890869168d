package org.linkctl.engine.ssh;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Unreachable;

/** Reads the options that linkctl follows from the output of {@code ssh -G} (ssh_config(5)). */
final class SshConfigParser {
    private static final int SSH = 22;

    private final Map<String, String> environment;
    private final Path home;

    SshConfigParser(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.home = home;
    }

    /**
     * @param given the host name as it was passed to ssh(1)
     * @param ssh the command line of ssh(1) for the same host
     */
    SshOptions parse(Map<String, List<String>> all, String given, String ssh) {
        Values values = new Values(all);
        String hostname = values.required("hostname");
        String user = values.required("user");
        int port = Integer.parseInt(values.required("port"));
        String jump = values.text("proxyjump");
        Map<Character, String> names = new HashMap<>(Map.of(
                'h', hostname,
                'n', given,
                'p', Integer.toString(port),
                'r', user,
                'k', Optional.ofNullable(values.text("hostkeyalias")).orElse(given)));
        Tokens proxy = Tokens.alone(names);
        local(names, jump);
        Tokens tokens = Tokens.of(names, environment);
        String command = values.text("proxycommand");
        return new SshOptions(
                hostname,
                user,
                port,
                family(values.text("addressfamily")),
                paths(values.all("identityfile"), tokens),
                paths(values.all("certificatefile"), tokens),
                values.text("pkcs11provider"),
                values.yes("identitiesonly"),
                agent(values.raw("identityagent"), tokens),
                jump == null ? List.of() : List.of(proxy.expand(jump).split(",", -1)),
                command == null || jump != null ? null : proxy.expand(command),
                values.text("bindaddress"),
                values.text("bindinterface"),
                timeout(values.text("connecttimeout")),
                new SshOptions.Offers(
                        values.names("kexalgorithms"),
                        values.names("hostkeyalgorithms"),
                        values.names("ciphers"),
                        values.names("macs"),
                        values.names("pubkeyacceptedalgorithms")),
                policy(values, hostname.toLowerCase(Locale.ROOT), port, tokens, ssh));
    }

    private HostKeyPolicy policy(Values values, String hostname, int port, Tokens tokens, String ssh) {
        String alias = values.text("hostkeyalias");
        String principal = alias == null ? hostname : alias.toLowerCase(Locale.ROOT);
        boolean named = alias != null || port == SSH;
        String command = values.text("knownhostscommand");
        List<String> authorities = values.names("casignaturealgorithms");
        String bits = values.text("requiredrsasize");
        return new HostKeyPolicy(
                named ? principal : "[" + principal + "]:" + port,
                named ? null : principal,
                principal,
                port,
                files(values.text("userknownhostsfile"), tokens),
                files(values.text("globalknownhostsfile"), null),
                files(values.text("revokedhostkeys"), tokens),
                command == null ? null : knownHosts(command, tokens),
                // "no" accepts even changed keys in ssh(1); linkctl never does.
                List.of("no", "off", "false", "accept-new").contains(values.or("stricthostkeychecking", "ask")),
                values.yes("hashknownhosts"),
                values.yes("checkhostip"),
                authorities == null ? List.of() : authorities,
                bits == null ? 0 : Integer.parseInt(bits),
                ssh);
    }

    private static KnownHostsCommand knownHosts(String command, Tokens tokens) {
        try {
            return new KnownHostsCommand(command, tokens);
        } catch (IllegalArgumentException e) {
            throw Unreachable.by(
                    "KnownHostsCommand of ssh_config: " + e.getMessage(),
                    e,
                    "mend KnownHostsCommand in your ssh_config");
        }
    }

    private static SshOptions.Family family(@Nullable String family) {
        if ("inet".equals(family)) return SshOptions.Family.INET;
        return "inet6".equals(family) ? SshOptions.Family.INET6 : SshOptions.Family.ANY;
    }

    /** IdentityAgent: a path, {@code SSH_AUTH_SOCK}, or {@code $NAME}; without it SSH_AUTH_SOCK applies. */
    private @Nullable Path agent(@Nullable String value, Tokens tokens) {
        if ("none".equals(value)) return null;
        if (value == null || value.equals("SSH_AUTH_SOCK")) return socket("SSH_AUTH_SOCK");
        boolean variable = value.startsWith("$") && !value.startsWith("${");
        return variable ? socket(value.substring(1)) : path(value, tokens);
    }

    private @Nullable Path socket(String variable) {
        String socket = environment.get(variable);
        return socket == null || socket.isEmpty() ? null : Path.of(socket);
    }

    /**
     * Lists of files, which {@code ssh -G} prints without quotes: words with blanks between are one name where such a
     * file exists.
     */
    private List<Path> files(@Nullable String value, @Nullable Tokens tokens) {
        if (value == null) return List.of();
        List<String> words = List.of(value.trim().split(" +", -1));
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            int last = words.size();
            while (last > i + 1 && !Files.exists(path(String.join(" ", words.subList(i, last)), tokens))) last--;
            files.add(path(String.join(" ", words.subList(i, last)), tokens));
            i = last - 1;
        }
        return files;
    }

    private static @Nullable Duration timeout(@Nullable String value) {
        return value == null || !value.matches("[0-9]{1,6}") || value.equals("0")
                ? null
                : Duration.ofSeconds(Integer.parseInt(value));
    }

    private List<Path> paths(List<String> names, Tokens tokens) {
        return names.stream().map(name -> path(name, tokens)).toList();
    }

    /** @param tokens null: the option takes none */
    private Path path(String name, @Nullable Tokens tokens) {
        String tilde = name.equals("~") || name.startsWith("~/") ? home + name.substring(1) : name;
        return Path.of(tokens == null ? tilde : tokens.expand(tilde));
    }

    /** Adds the tokens about this machine and its user. */
    private void local(Map<Character, String> names, @Nullable String jump) {
        String host = localName();
        names.put('u', System.getProperty("user.name", ""));
        names.put('d', home.toString());
        names.put('i', userId());
        names.put('l', host);
        names.put('L', host.replaceFirst("\\..*", ""));
        names.put('j', jump == null ? "" : lastJump(jump));
        names.put('C', sha1(host + names.get('h') + names.get('p') + names.get('r') + names.get('j')));
    }

    /** The host name of the jump host that ssh(1) itself connects to (ssh.c, jmphost). */
    private static String lastJump(String jump) {
        String last = jump.substring(jump.lastIndexOf(',') + 1);
        String host = last.substring(last.lastIndexOf('@') + 1);
        return host.startsWith("[") ? host.replaceFirst("^\\[([^]]*)].*", "$1") : host.replaceFirst(":[0-9]+$", "");
    }

    private static String localName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String userId() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
        } catch (java.io.IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** The values of options; {@code none} unsets one (ssh_config(5)). */
    private record Values(Map<String, List<String>> all) {
        @Nullable
        String raw(String key) {
            List<String> there = all.get(key);
            return there == null ? null : there.getFirst();
        }

        @Nullable
        String text(String key) {
            String value = raw(key);
            return "none".equalsIgnoreCase(value) ? null : value;
        }

        String or(String key, String without) {
            String value = text(key);
            return value == null ? without : value;
        }

        String required(String key) {
            String value = text(key);
            if (value == null)
                throw Unreachable.by("ssh -G tells no " + key, null, "install a newer OpenSSH on this machine");
            return value;
        }

        boolean yes(String key) {
            return List.of("yes", "true").contains(or(key, "no"));
        }

        @Nullable
        List<String> names(String key) {
            String value = text(key);
            return value == null ? null : List.of(value.split(",", -1));
        }

        List<String> all(String key) {
            return all.getOrDefault(key, List.of()).stream()
                    .filter(value -> !value.equals("none"))
                    .toList();
        }
    }
}
