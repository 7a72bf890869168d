package org.linkctl.dsl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.linkctl.check.NameList;
import org.linkctl.diag.Diagnostic;

/**
 * A piece of a JSON file. What it holds is asked for by name and kind, so that what is not there is an error at the
 * line that asks.
 */
public final class Data implements Iterable<Data> {
    /** A key that stands twice, or more behind the end, is a mistake of whoever wrote the file. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Loading loading;
    private final String where;
    private final JsonNode node;

    private Data(Loading loading, String where, JsonNode node) {
        this.loading = loading;
        this.where = where;
        this.node = node;
    }

    static Data read(Loading loading, String name) {
        DataFiles files = new DataFiles(loading);
        try {
            JsonNode whole = STRICT.readTree(files.read(name));
            if (whole.isMissingNode()) throw files.failure("'" + Words.shown(name) + "' is empty");
            return new Data(loading, name, whole);
        } catch (JsonProcessingException e) {
            throw files.failure("'" + Words.shown(name) + "' is no JSON, line "
                    + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()) + ": "
                    + Words.shown(String.valueOf(e.getOriginalMessage()), Words.LONG));
        }
    }

    public String text(String name) {
        JsonNode found = find(name);
        if (!found.isTextual()) throw other(name, "text", found);
        return found.textValue();
    }

    public int number(String name) {
        JsonNode found = find(name);
        if (!found.canConvertToInt() || !found.isIntegralNumber()) throw other(name, "whole number", found);
        return found.intValue();
    }

    public boolean flag(String name) {
        JsonNode found = find(name);
        if (!found.isBoolean()) throw other(name, "true or false", found);
        return found.booleanValue();
    }

    public boolean has(String name) {
        return node.has(name);
    }

    /** An object or a list in this object. */
    public Data at(String name) {
        return new Data(loading, where + "." + name, find(name));
    }

    /** A list of texts. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : find(name)) {
            if (!each.isTextual()) throw other(name, "list of texts", each);
            texts.add(each.textValue());
        }
        return texts;
    }

    /** What this list holds. */
    @Override
    public Iterator<Data> iterator() {
        if (!node.isArray()) throw failure(where + " is no list, but " + kind(node));
        List<Data> elements = new ArrayList<>();
        for (JsonNode each : node) elements.add(new Data(loading, where + "[" + elements.size() + "]", each));
        return elements.iterator();
    }

    private JsonNode find(String name) {
        JsonNode found = node.get(name);
        if (found != null) return found;
        List<String> known = new ArrayList<>();
        node.fieldNames().forEachRemaining(known::add);
        throw new Thrown.Failure(
                Diagnostic.error(loading.here().at(), "no '" + Words.shown(name) + "' in " + Words.shown(where))
                        .detail(known.isEmpty() ? "" : "there are: " + NameList.of(known))
                        .suggest(Given.near(name, known)));
    }

    private Thrown.Failure other(String name, String wanted, JsonNode found) {
        return failure(
                "'" + Words.shown(name) + "' in " + Words.shown(where) + " is no " + wanted + ", but " + kind(found));
    }

    private Thrown.Failure failure(String summary) {
        return new Thrown.Failure(Diagnostic.error(loading.here().at(), summary));
    }

    private static String kind(JsonNode node) {
        return Words.shown(node.isContainerNode() ? (node.isArray() ? "a list" : "an object") : node.toString());
    }
}
