package org.linkctl.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.linkctl.diag.Place;

/**
 * A user of a host, who logs in by keys.
 *
 * @param keys lines as in authorized_keys(5), without options
 * @param groups that the user is in beside the own one
 * @param sudo whether the user becomes root by sudo(8) without a password
 */
public record HostUser(String host, String name, List<String> keys, List<String> groups, boolean sudo, Place at)
        implements HostIntent {
    /** useradd(8), CAVEATS; pw(8). */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_-]{0,30}");

    /** sshd(8), AUTHORIZED_KEYS FILE FORMAT: type, base64, comment. */
    private static final Pattern KEY =
            Pattern.compile("(?:ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\\.com"
                    + "|sk-ecdsa-sha2-nistp256@openssh\\.com) [A-Za-z0-9+/]{60,2000}={0,2}(?: [!-~][ -~]{0,200})?");

    private static final Set<String> SYSTEM =
            Set.of("root", "toor", "daemon", "bin", "sys", "operator", "nobody", "sshd", "www", "www-data", "mail");

    public HostUser {
        keys = List.copyOf(keys);
        groups = List.copyOf(groups);
    }

    /** Whether it is one, and of the type that it begins with: fields behind their lengths, the first of them the type (RFC 4253, 6.6). */
    private static boolean isKey(String line) {
        if (!KEY.matcher(line).matches()) return false;
        String[] words = line.split(" ", 3);
        ByteBuffer fields;
        try {
            fields = ByteBuffer.wrap(Base64.getDecoder().decode(words[1]));
        } catch (IllegalArgumentException e) {
            return false;
        }
        byte[] type = null;
        while (fields.remaining() >= Integer.BYTES) {
            int length = fields.getInt();
            if (length < 0 || length > fields.remaining()) return false;
            byte[] field = new byte[length];
            fields.get(field);
            if (type == null) type = field;
        }
        return type != null && !fields.hasRemaining() && new String(type, StandardCharsets.US_ASCII).equals(words[0]);
    }

    @Override
    public String subject() {
        return "user " + name;
    }

    @Override
    public List<Wrong> wrong() {
        List<Wrong> out = new ArrayList<>();
        String right = "small letters, digits, _ and -, 31 at most, the first no digit";
        if (!ACCOUNT.matcher(name).matches()) out.add(new Wrong("name", name, "is no name of a user", right));
        if (SYSTEM.contains(name))
            out.add(new Wrong("name", name, "is a user of the system's own", "declare one for people who log in"));
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            if (isKey(key)) {
                String[] words = key.split(" ", 3);
                if (!seen.add(words[0] + " " + words[1]))
                    out.add(new Wrong("keys", key.substring(0, 40), "is named twice", "each once"));
                continue;
            }
            String form = "a line of a file such as id_ed25519.pub: ssh-ed25519 AAAA… comment, without options";
            String shown = key.length() > 40 ? key.substring(0, 40) : key;
            out.add(new Wrong("keys", shown, "is no public key of SSH", form));
        }
        for (String group : groups) {
            if (!ACCOUNT.matcher(group).matches()) out.add(new Wrong("groups", group, "is no name of a group", right));
            else if (!seen.add(group)) out.add(new Wrong("groups", group, "is named twice", "each once"));
        }
        return out;
    }
}
