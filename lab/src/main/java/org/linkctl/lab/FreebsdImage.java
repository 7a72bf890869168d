package org.linkctl.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A FreeBSD that its owner gives to the lab, and how to get into it. The lab makes no such image and writes to none.
 *
 * @param file a disk for virtual machines, in any format that QEMU knows
 * @param user who may log in there: root, or one whom doas or sudo makes root without a question
 * @param key a private key that this user accepts; none for those that ssh(1) tries by itself
 */
public record FreebsdImage(Path file, String user, Optional<Path> key) {
    /** The variable that names the file. */
    public static final String FILE = "LINKCTL_FREEBSD_IMAGE";

    private static final String USER = "LINKCTL_FREEBSD_USER";
    private static final String KEY = "LINKCTL_FREEBSD_KEY";

    /** What an image has to have, for a message. */
    static final String NEEDED =
            "The lab needs an image of FreeBSD with sshd enabled, its first network card (vtnet0) set by"
                    + " DHCP, and a key that may log in: " + USER + " names the user (root), " + KEY
                    + " the private key (else your own keys and agent); docs/lab.md says more";

    /** Refuses files that cannot be read, before anything is started. */
    public FreebsdImage {
        file = readable(file, "the FreeBSD image");
        key = key.map(k -> readable(k, KEY));
    }

    /**
     * The image that the environment names.
     *
     * @param environment variables
     * @return nothing where no image is named
     * @throws LabException if what is named cannot be read
     */
    public static Optional<FreebsdImage> of(Map<String, String> environment) {
        return given(environment, FILE).map(file -> of(Path.of(file), environment));
    }

    /**
     * An image, with the login that the environment names.
     *
     * @param file the image
     * @param environment variables
     * @return the image
     * @throws LabException if what is named cannot be read
     */
    public static FreebsdImage of(Path file, Map<String, String> environment) {
        return new FreebsdImage(
                file,
                given(environment, USER).orElse("root"),
                given(environment, KEY).map(Path::of));
    }

    private static Optional<String> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static Path readable(Path file, String what) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new LabException(what + " cannot be read: " + file);
        }
        return file.toAbsolutePath().normalize();
    }

    /** Makes a disk that starts as a copy of the image; the image itself stays as it is. */
    void overlay(Path disk) {
        Image.overlay(file, format(), disk);
    }

    private String format() {
        List<String> words = List.of("qemu-img", "info", "-U", "--output=json", file.toString());
        String info = Commands.run(words, "", Duration.ofSeconds(60)).orThrow();
        try {
            return new ObjectMapper().readTree(info).path("format").asText();
        } catch (JsonProcessingException e) {
            throw new LabException("qemu-img says of " + file + " what is no JSON: " + info, e);
        }
    }
}
