package org.linkctl.cli.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of a run as a line of JSON. The names of events and fields are a promise: docs/plan-json.md. Neither what files hold
 * nor what commands print is a part of any.
 */
public final class EventJson {
    private final ObjectNode node;

    private EventJson(String event) {
        node = Json.object().put("event", event).put("time", "");
    }

    public static EventJson of(String event) {
        return new EventJson(event);
    }

    /** The same as the first of a stream. */
    public static EventJson first(String event) {
        EventJson out = of(event);
        out.node.put("format", Json.FORMAT);
        return out;
    }

    public EventJson with(String field, @Nullable String value) {
        node.put(field, value);
        return this;
    }

    public EventJson with(String field, int value) {
        node.put(field, value);
        return this;
    }

    public EventJson with(String field, double value) {
        node.put(field, value);
        return this;
    }

    public EventJson with(String field, Collection<String> values) {
        ArrayNode array = node.putArray(field);
        values.forEach(array::add);
        return this;
    }

    public EventJson with(String field, Map<String, Integer> values) {
        ObjectNode object = node.putObject(field);
        values.forEach(object::put);
        return this;
    }

    /**
     * The line, with its end.
     *
     * @param time when it happened (RFC 3339, UTC)
     */
    public String line(String time) {
        node.put("time", time);
        return Json.line(node);
    }
}
