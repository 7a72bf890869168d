package org.linkctl.shell;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A text that is never shown. It prints as {@code ***}; only a file's content or a script's body may reveal it. */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The text itself. For the transport alone: whoever calls this must not log, print or keep it. */
    public String reveal() {
        return text;
    }

    /** Says whether the whole text has a form, and tells nothing else of it. */
    public boolean matches(Pattern form) {
        return form.matcher(text).matches();
    }

    /** The same text without white space around it. */
    public Secret stripped() {
        return new Secret(text.strip());
    }

    /** The same text as one line: no white space around it, and a line feed at its end. */
    public Secret line() {
        return new Secret(text.strip() + "\n");
    }

    /**
     * Eight hexadecimal digits that change when the secret changes and tell nothing about it without the key
     * (HMAC-SHA-256, RFC 2104, truncated).
     */
    public String fingerprint(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, 4);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
