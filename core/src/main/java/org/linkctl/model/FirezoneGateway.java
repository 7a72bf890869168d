package org.linkctl.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Artifact;

/**
 * A gateway of Firezone (firezone.dev): a service by which clients elsewhere reach the host's site.
 *
 * @param token null where it could not be read, which is an error of its own
 * @param binary a path in the inventory's folder, or a URL
 * @param api the URL of the portal that it reports to
 * @param healthPort TCP port on 127.0.0.1 where it says whether it is ready
 */
public record FirezoneGateway(
        String host, @Nullable SecretRef token, String binary, String sha256, String api, int healthPort, Place at)
        implements HostIntent {
    /** The portal of Firezone's own service, as the gateway has it where nothing is said. */
    public static final String API = "wss://api.firezone.dev";

    public static final int HEALTH_PORT = 8080;

    /** The interface that the gateway makes. */
    public static final String DEVICE = "tun-firezone";

    /** What the portal gives clients and gateways addresses of (firezone: rust/connlib, PEERS_IPV4 and PEERS_IPV6). */
    public static final List<Cidr> CLIENTS = List.of(Cidr.of("100.64.0.0/11"), Cidr.of("fd00:2021:1111::/107"));

    private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");

    /** No part begins with a dot: nothing outside of the folder, and nothing that is hidden in it. */
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*(/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*");

    /** RFC 3986, without user information, whose secrets would be shown, and without a fragment. */
    private static final String REST = "://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(/[A-Za-z0-9_.~%+=&?/-]*)?";

    private static final Pattern DOWNLOAD = Pattern.compile("https" + REST);
    private static final Pattern PORTAL = Pattern.compile("wss" + REST);

    /** The binary as it is sent. */
    public Artifact artifact() {
        return new Artifact(binary, sha256.toLowerCase(Locale.ROOT), at);
    }

    /**
     * What the portal knows a gateway by: the same on each run, and another one for each host, though one machine be a copy
     * of the other with its machine-id(5). A version 8 UUID (RFC 9562, section 5.8) of the names.
     */
    public String id(String fabric) {
        byte[] hash = sha256("linkctl firezone gateway\0" + fabric + "\0" + host);
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        String hex = HexFormat.of().formatHex(hash, 0, 16);
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String subject() {
        return "firezoneGateway";
    }

    @Override
    public List<Wrong> wrong() {
        List<Wrong> out = new ArrayList<>();
        if (!PATH.matcher(binary).matches() && !DOWNLOAD.matcher(binary).matches()) {
            out.add(
                    new Wrong(
                            "binary",
                            binary,
                            "is neither a file in the folder of the inventory nor a URL that begins with https://",
                            "such as 'files/firezone-gateway'; letters, digits and _ . + - in its parts, none of which begins with a dot"));
        }
        if (!SHA256.matcher(sha256).matches())
            out.add(new Wrong("sha256", sha256, "is no SHA-256", "64 hexadecimal digits, as sha256sum(1) prints them"));
        if (!PORTAL.matcher(api).matches())
            out.add(new Wrong("api", api, "is no URL of a portal", "such as '" + API + "'"));
        if (healthPort < 1 || healthPort > 65535)
            out.add(new Wrong("healthPort", Integer.toString(healthPort), "is no port", "from 1 to 65535"));
        return out;
    }
}
