package org.linkctl.engine.ssh;

import java.util.HashMap;
import java.util.Map;
import org.linkctl.engine.Unreachable;

/**
 * The tokens and environment variables that ssh_config(5) allows in the value of an option, sections TOKENS and
 * ENVIRONMENT VARIABLES.
 */
final class Tokens {
    private final Map<Character, String> values;
    private final Map<String, String> environment;
    private final boolean variables;

    private Tokens(Map<Character, String> values, Map<String, String> environment, boolean variables) {
        this.values = values;
        this.environment = environment;
        this.variables = variables;
    }

    /** For paths and KnownHostsCommand: tokens and <code>${NAME}</code>. */
    static Tokens of(Map<Character, String> values, Map<String, String> environment) {
        return new Tokens(withPercent(values), environment, true);
    }

    /** For ProxyCommand and ProxyJump: tokens alone; a shell expands variables. */
    static Tokens alone(Map<Character, String> values) {
        return new Tokens(withPercent(values), Map.of(), false);
    }

    private static Map<Character, String> withPercent(Map<Character, String> values) {
        Map<Character, String> all = new HashMap<>(values);
        all.put('%', "%");
        return Map.copyOf(all);
    }

    Tokens with(Map<Character, String> more) {
        Map<Character, String> all = new HashMap<>(values);
        all.putAll(more);
        return new Tokens(Map.copyOf(all), environment, variables);
    }

    /** @throws Unreachable where a token or variable does not exist; ssh(1) ends too then */
    String expand(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            int close = variables && text.startsWith("${", i) ? text.indexOf('}', i) : -1;
            if (close > 0) {
                out.append(variable(text.substring(i + 2, close), text));
                i = close;
            } else if (one == '%') {
                out.append(token(++i < text.length() ? text.substring(i, i + 1) : "", text));
            } else {
                out.append(one);
            }
        }
        return out.toString();
    }

    private String variable(String name, String text) {
        String value = environment.get(name);
        if (value == null) throw Unreachable.bySettings("ssh_config names ${" + name + "}, which is not set: " + text);
        return value;
    }

    private String token(String name, String text) {
        String value = name.isEmpty() ? null : values.get(name.charAt(0));
        if (value == null)
            throw Unreachable.bySettings("ssh_config has no token %" + name + " here (a percent sign is %%): " + text);
        return value;
    }
}
