package org.linkctl.dsl.read;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.diag.Place;
import org.linkctl.dsl.source.FilePlaces;
import org.linkctl.dsl.source.WordUse;

/**
 * A compiled file as bytes: a checksum of the rest, the key, then classes, places and uses of words, each list after its
 * size.
 * Places are without the name of the file: it may be called otherwise next time.
 */
final class CompiledScriptFormat {
    private static final int CHECKSUM_BYTES = Long.BYTES;

    private CompiledScriptFormat() {}

    /** @param key what the script was compiled from */
    static byte[] write(CompiledScript script, byte[] key) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Writer writer = new Writer(out);
            writer.bytes(key);
            writer.script(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array takes everything
        }
        byte[] rest = bytes.toByteArray();
        return ByteBuffer.allocate(CHECKSUM_BYTES + rest.length)
                .putLong(ScriptCache.checksum(rest))
                .put(rest)
                .array();
    }

    /** Empty where the bytes are not what {@link #write} gave for this key. */
    static Optional<CompiledScript> read(byte[] bytes, byte[] key, String file) {
        if (bytes.length <= CHECKSUM_BYTES) return Optional.empty();
        byte[] rest = Arrays.copyOfRange(bytes, CHECKSUM_BYTES, bytes.length);
        if (ScriptCache.checksum(rest) != ByteBuffer.wrap(bytes).getLong()) return Optional.empty();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(rest))) {
            Reader reader = new Reader(in, file);
            return Arrays.equals(reader.bytes(), key) ? Optional.of(reader.script()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private record Writer(DataOutputStream out) {
        void script(CompiledScript script) throws IOException {
            out.writeInt(script.classes().size());
            for (CompiledScript.Type type : script.classes()) {
                text(type.name());
                bytes(type.bytes());
            }
            out.writeInt(script.places().numbered().size());
            for (Place at : script.places().numbered()) place(at);
            out.writeInt(script.places().uses().size());
            for (WordUse use : script.places().uses()) use(use);
        }

        private void use(WordUse use) throws IOException {
            text(use.word());
            out.writeBoolean(use.givesValue());
            out.writeBoolean(use.hasEnds());
            place(use.at());
            place(use.body());
            place(use.end());
            values(use.arguments());
            out.writeInt(use.attributes().size());
            for (Map.Entry<String, WordUse.Value> each : use.attributes().entrySet()) {
                text(each.getKey());
                value(each.getValue());
            }
            out.writeInt(use.ignored().size());
            for (String name : use.ignored()) text(name);
        }

        private void values(List<WordUse.Value> values) throws IOException {
            out.writeInt(values.size());
            for (WordUse.Value one : values) value(one);
        }

        private void value(WordUse.Value value) throws IOException {
            place(value.at());
            text(value.text());
            values(value.elements());
        }

        private void place(Place at) throws IOException {
            out.writeInt(at.line());
            out.writeInt(at.column());
        }

        private void text(String text) throws IOException {
            bytes(text.getBytes(StandardCharsets.UTF_8)); // writeUTF takes 64 KiB at most
        }

        private void bytes(byte[] bytes) throws IOException {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private record Reader(DataInputStream in, String file) {
        CompiledScript script() throws IOException {
            List<CompiledScript.Type> classes = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) classes.add(new CompiledScript.Type(text(), bytes()));
            List<Place> numbered = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) numbered.add(place());
            List<WordUse> uses = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) uses.add(use());
            return new CompiledScript(classes, new FilePlaces(numbered, uses));
        }

        private WordUse use() throws IOException {
            String word = text();
            boolean givesValue = in.readBoolean();
            boolean hasEnds = in.readBoolean();
            Place at = place();
            Place body = place();
            Place end = place();
            List<WordUse.Value> arguments = values();
            Map<String, WordUse.Value> attributes = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) attributes.put(text(), value());
            Set<String> ignored = new LinkedHashSet<>();
            for (int left = in.readInt(); left > 0; left--) ignored.add(text());
            return new WordUse(word, givesValue, hasEnds, at, body, end, arguments, attributes, ignored);
        }

        private List<WordUse.Value> values() throws IOException {
            List<WordUse.Value> values = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) values.add(value());
            return values;
        }

        private WordUse.Value value() throws IOException {
            return new WordUse.Value(place(), text(), values());
        }

        private Place place() throws IOException {
            return new Place(file, in.readInt(), in.readInt());
        }

        private String text() throws IOException {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        private byte[] bytes() throws IOException {
            return in.readNBytes(in.readInt());
        }
    }
}
