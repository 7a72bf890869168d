package org.linkctl.model;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a host answers, as given to ssh(1): {@code [user@]host[:port]}, where the host may be an alias in the user's
 * ssh_config(5). The last {@code @} ends the user, so that {@code user@domain@host} works. IPv6 literals stand in
 * brackets when a port follows; a link-local one has its zone behind it (RFC 4007, section 11): {@code fe80::1%eth0}.
 *
 * @param user null: as ssh_config says
 * @param port null: as ssh_config says
 */
public record SshTarget(
        @Nullable String user, String host, @Nullable Integer port) {
    /** A name never starts with a dash: ssh(1) would take it for an option. */
    private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    private static final String V6 = "[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9_.-]{1,15})?";

    /** Nothing that a shell takes for something else, since ProxyCommand may name the user (ssh.c, valid_ruser). */
    private static final String USER = "[A-Za-z0-9_](?:[A-Za-z0-9_.+@\\\\-]*[A-Za-z0-9_.+@-])?";

    private static final Pattern FORM = Pattern.compile("(?:(?<user>" + USER + ")@)?(?<host>\\[(?:" + V6 + "|[0-9.]+)]|"
            + NAME + "|" + V6 + ")(?::(?<port>[0-9]{1,5}))?");

    public static Optional<SshTarget> parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) return Optional.empty();
        String port = match.group("port");
        if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535)) return Optional.empty();
        String host = match.group("host").replaceAll("^\\[|]$", "");
        return Optional.of(new SshTarget(match.group("user"), host, port == null ? null : Integer.valueOf(port)));
    }

    /** Whether ssh(1) takes it for the name of a user. */
    public static boolean isUser(String text) {
        return text.matches(USER);
    }

    // By hand as in Place, for the sake of each start.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SshTarget target
                && host.equals(target.host)
                && Objects.equals(user, target.user)
                && Objects.equals(port, target.port);
    }

    @Override
    public int hashCode() {
        return (host.hashCode() * 31 + Objects.hashCode(user)) * 31 + Objects.hashCode(port);
    }

    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 && port != null ? "[" + host + "]" : host;
        return (user == null ? "" : user + "@") + shown + (port == null ? "" : ":" + port);
    }
}
