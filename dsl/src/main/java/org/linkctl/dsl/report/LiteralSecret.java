package org.linkctl.dsl.report;

/** The message for an attribute whose value is a secret itself, in place of a reference to one. */
public final class LiteralSecret {
    public static final String DETAIL = "what it says is in no inventory; docs/secrets.md tells where it may be";

    private LiteralSecret() {}

    public static String summary(String attribute) {
        return attribute + ": a secret is a reference: write " + attribute + ": secret('...')";
    }
}
