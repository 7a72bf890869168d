package org.linkctl.cli.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Argv;

/**
 * A file that SOPS encrypted, for age or another system. The installed {@code sops} decrypts it once in a run, to JSON
 * on its standard output: nothing decrypted is written to a file. {@code vpn/ab} is the entry {@code ab} of {@code
 * vpn}, or the entry {@code vpn/ab}.
 */
final class SopsProvider implements Provider {
    private final Path file;
    private final String sops;
    private final SecretProgram program;
    private @Nullable Decrypted decrypted;

    /** @param refused why there is nothing; null where there is something */
    private record Decrypted(JsonNode root, @Nullable String refused) {}

    /** @param sops the program's name or path */
    SopsProvider(Path file, String sops, SecretProgram program) {
        this.file = file;
        this.sops = sops;
        this.program = program;
    }

    @Override
    public Lookup look(String name) {
        if (Files.notExists(file)) return new Lookup.Absent("sops: " + file + ": no such file");
        if (decrypted == null) decrypted = decrypt();
        String refused = decrypted.refused();
        if (refused != null) return new Lookup.Refused("sops: " + file + ": " + refused);
        JsonNode whole = decrypted.root().path(name);
        JsonNode found = whole.isMissingNode() ? decrypted.root().at("/" + name) : whole;
        String where = "sops: " + file + ": " + name;
        if (found.isMissingNode()) return new Lookup.Absent(where + ": no such entry");
        return found.isValueNode() && !found.isNull()
                ? Provider.found(found.asText(), where)
                : new Lookup.Refused(where + ": is no single value");
    }

    private Decrypted decrypt() {
        ObjectMapper json = new ObjectMapper();
        List<String> words = List.of(
                sops, "-d", "--output-type", "json", file.toAbsolutePath().toString());
        return switch (program.run(words)) {
            case SecretProgram.Result.Printed printed -> {
                try {
                    JsonNode root = json.readTree(printed.bytes());
                    yield root.isObject() ? new Decrypted(root, null) : none(json, "holds no entries");
                } catch (IOException e) {
                    yield none(json, "sops printed no JSON"); // The exception quotes the output, so it is dropped.
                } finally {
                    Arrays.fill(printed.bytes(), (byte) 0);
                }
            }
            case SecretProgram.Result.Ended(int status) ->
                none(
                        json,
                        "sops ended with status " + status + "; what it said is not shown, run it yourself: "
                                + new Argv(words));
            case SecretProgram.Result.Failed(String why) -> none(json, why);
        };
    }

    private static Decrypted none(ObjectMapper json, String why) {
        return new Decrypted(json.createObjectNode(), why);
    }
}
