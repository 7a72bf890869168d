package org.linkctl.dsl.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.linkctl.dsl.report.MessageText;

/** Reads JSON files (RFC 8259). Not part of {@link Data}, whose public methods an inventory may call. */
public final class JsonFile {
    /** RFC 8259, 4: names within an object should be unique; a repeated one, or text after the value, is refused. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFile() {}

    public static Data read(InventoryFolder files, String name) {
        try {
            JsonNode whole = STRICT.readTree(files.read(name));
            if (whole.isMissingNode()) throw files.failure("'" + MessageText.shown(name) + "' is empty");
            return new Data(files.position(), name, whole);
        } catch (JsonProcessingException e) {
            throw files.failure("'" + MessageText.shown(name) + "' is no JSON, line "
                    + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()) + ": "
                    + MessageText.shown(String.valueOf(e.getOriginalMessage()), MessageText.LONG));
        }
    }
}
