package org.linkctl.dsl.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.linkctl.check.NameList;
import org.linkctl.diag.Diagnostic;
import org.linkctl.dsl.report.InventoryException;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.ScriptPosition;

/**
 * A piece of a JSON file. What it holds is asked for by name and kind, so that what is not there is an error at the
 * line that asks.
 */
public final class Data implements Iterable<Data> {
    private final ScriptPosition position;
    private final String where;
    private final JsonNode node;

    Data(ScriptPosition position, String where, JsonNode node) {
        this.position = position;
        this.where = where;
        this.node = node;
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
        return new Data(position, where + "." + name, find(name));
    }

    /** A list of texts; one text is a list of one. */
    public List<String> texts(String name) {
        JsonNode found = find(name);
        if (found.isTextual()) return List.of(found.textValue());
        if (!found.isArray()) throw other(name, "list of texts", found);
        List<String> texts = new ArrayList<>();
        for (JsonNode each : found) {
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
        for (JsonNode each : node) elements.add(new Data(position, where + "[" + elements.size() + "]", each));
        return elements.iterator();
    }

    private JsonNode find(String name) {
        JsonNode found = node.get(name);
        if (found != null) return found;
        List<String> known = new ArrayList<>();
        node.fieldNames().forEachRemaining(known::add);
        throw new InventoryException(Diagnostic.error(
                        position.here().at(), "no '" + MessageText.shown(name) + "' in " + MessageText.shown(where))
                .detail(known.isEmpty() ? "" : "there are: " + NameList.of(known))
                .suggest(MessageText.suggestion(name, known)));
    }

    private InventoryException other(String name, String wanted, JsonNode found) {
        return failure("'" + MessageText.shown(name) + "' in " + MessageText.shown(where) + " is no " + wanted
                + ", but " + kind(found));
    }

    private InventoryException failure(String summary) {
        return new InventoryException(Diagnostic.error(position.here().at(), summary));
    }

    private static String kind(JsonNode node) {
        return MessageText.shown(node.isContainerNode() ? (node.isArray() ? "a list" : "an object") : node.toString());
    }
}
