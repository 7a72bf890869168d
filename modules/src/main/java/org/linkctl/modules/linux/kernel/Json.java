package org.linkctl.modules.linux.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.linkctl.spi.UnreadableFacts;

/** Reads what {@code ip -j} and {@code tc -j} print, strictly: anything but the expected shape is unreadable. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * The objects of an array. ip(8) prints nothing at all, or an empty object, where it has nothing to list.
     *
     * @param what the command, for the message
     */
    public static List<JsonNode> objects(String what, String text) {
        if (text.isBlank()) return List.of();
        JsonNode array = parse(what, text);
        if (!array.isArray()) throw new UnreadableFacts(what + ": not a list: " + shorten(text));
        List<JsonNode> out = new ArrayList<>();
        for (JsonNode one : array) {
            if (!one.isObject()) throw new UnreadableFacts(what + ": not an object: " + shorten(one.toString()));
            if (!one.isEmpty()) out.add(one);
        }
        return out;
    }

    /** One object. */
    public static JsonNode object(String what, String text) {
        JsonNode object = parse(what, text);
        if (!object.isObject()) throw new UnreadableFacts(what + ": not an object: " + shorten(text));
        return object;
    }

    /** A text that has to be there. */
    public static String text(JsonNode object, String key) {
        JsonNode value = object.get(key);
        if (value == null || !value.isTextual()) throw missing(object, key);
        return value.textValue();
    }

    /** A whole number that has to be there. */
    public static int number(JsonNode object, String key) {
        JsonNode value = object.get(key);
        if (value == null || !value.isInt()) throw missing(object, key);
        return value.intValue();
    }

    /** One of 32 bits without a sign, such as a metric or the id of a nexthop object: {@link Integer#toUnsignedString}. */
    public static int unsigned(JsonNode object, String key) {
        JsonNode value = object.get(key);
        if (value == null || !value.canConvertToLong() || !value.isIntegralNumber()) throw missing(object, key);
        long number = value.longValue();
        if (number < 0 || number > 0xffff_ffffL) throw missing(object, key);
        return (int) number;
    }

    private static JsonNode parse(String what, String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnreadableFacts(what + ": not JSON: " + shorten(text));
        }
    }

    private static UnreadableFacts missing(JsonNode object, String key) {
        return new UnreadableFacts("no '" + key + "' of the expected kind in " + shorten(object.toString()));
    }

    private static String shorten(String text) {
        return text.length() <= 120 ? text.strip() : text.substring(0, 120).strip() + "…";
    }
}
