package org.linkctl.cli.throughput;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What was measured before a change, as {@code linkctl verify --throughput --json} printed it then.
 *
 * @param together bits per second over all tunnels, by direction
 */
public record EarlierRates(Map<String, Double> together) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Two measurements of one link differ by some percent: less than this is no finding. */
    private static final double NOTABLE = 0.1;

    public static final EarlierRates NONE = new EarlierRates(Map.of());

    public EarlierRates {
        together = Map.copyOf(together);
    }

    /** @throws IllegalArgumentException where the text is something else, saying what it lacks */
    public static EarlierRates read(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
        }
        JsonNode all = root == null ? null : root.get("throughput");
        if (all == null || !all.isArray()) throw new IllegalArgumentException("it has no \"throughput\"");
        Map<String, Double> out = new HashMap<>();
        for (JsonNode one : all) {
            if (one.path("together").isNumber())
                out.put(
                        direction(
                                one.path("route").asText(),
                                one.path("from").asText(),
                                one.path("to").asText()),
                        one.get("together").asDouble());
        }
        if (out.isEmpty()) throw new IllegalArgumentException("nothing was measured in it");
        return new EarlierRates(out);
    }

    private static String direction(String route, String from, String to) {
        return route + " " + from + " " + to;
    }

    /** The rate of this direction then. */
    public OptionalDouble of(RouteDirection trial) {
        Double rate = together.get(
                direction(trial.route().label(), trial.from().name(), trial.to().name()));
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    /** How much more it is now, as a share of what it was: -0.2 is a fifth less. Empty where it was not measured then. */
    public OptionalDouble change(MeasurementResult result) {
        OptionalDouble before = of(result.trial());
        return before.isEmpty() || before.getAsDouble() <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(result.together() / before.getAsDouble() - 1);
    }

    /** Whether this direction carries clearly less than then. */
    public boolean isLess(MeasurementResult result) {
        OptionalDouble change = change(result);
        return change.isPresent() && change.getAsDouble() < -NOTABLE;
    }
}
