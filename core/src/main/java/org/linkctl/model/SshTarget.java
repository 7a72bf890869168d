package org.linkctl.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a host answers, as given to ssh(1): {@code [user@]host[:port]}, where the host may be an alias in the user's
 * ssh_config(5). IPv6 literals stand in brackets when a port follows.
 *
 * @param user null: as ssh_config says
 * @param port null: as ssh_config says
 */
public record SshTarget(
        @Nullable String user, String host, @Nullable Integer port) {
    /** A name never starts with a dash: ssh(1) would take it for an option. */
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<user>[A-Za-z0-9_][A-Za-z0-9_.-]*)@)?(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_][A-Za-z0-9_.-]*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?::(?<port>[0-9]{1,5}))?");

    public static Optional<SshTarget> parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) return Optional.empty();
        String port = match.group("port");
        if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535)) return Optional.empty();
        String host = match.group("host").replaceAll("^\\[|]$", "");
        return Optional.of(new SshTarget(match.group("user"), host, port == null ? null : Integer.valueOf(port)));
    }

    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 && port != null ? "[" + host + "]" : host;
        return (user == null ? "" : user + "@") + shown + (port == null ? "" : ":" + port);
    }
}
