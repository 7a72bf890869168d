package org.linkctl.cli.imported;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values in which Ansible puts others ({@code "{{ inventory_hostname }}.example"}; docs.ansible.com, "Using variables"). Names of
 * variables are put in; what else such braces hold, a filter or a field, is left: what it comes to, Ansible alone knows.
 */
final class AnsibleTemplates {
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*(?<name>[A-Za-z_][A-Za-z0-9_]*)\\s*}}");

    /** A variable may hold others. */
    private static final int DEEPEST = 8;

    private final String host;
    private final Map<String, String> variables;

    /** @param variables of the host, of its groups, too */
    AnsibleTemplates(String host, Map<String, String> variables) {
        this.host = host;
        this.variables = variables;
    }

    String filled(String text) {
        String out = text;
        for (int depth = 0; depth < DEEPEST && isOpen(out); depth++)
            out = NAME.matcher(out).replaceAll(one -> Matcher.quoteReplacement(value(one)));
        return out;
    }

    /** Whether something is left that only Ansible knows. */
    static boolean isOpen(String text) {
        return text.contains("{{") || text.contains("{%");
    }

    private String value(MatchResult one) {
        String name = one.group("name");
        return switch (name) {
            case "inventory_hostname" -> host;
            case "inventory_hostname_short" -> host.substring(0, (host + ".").indexOf('.'));
            default -> variables.getOrDefault(name, one.group());
        };
    }
}
