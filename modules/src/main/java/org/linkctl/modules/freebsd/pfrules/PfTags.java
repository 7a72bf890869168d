package org.linkctl.modules.freebsd.pfrules;

/**
 * Marks that a packet carries from one rule to the next ones (pf.conf(5), tag): what an earlier rule decided, or what a
 * packet was before its addresses were translated. A packet has one at a time; a later rule sets another one.
 */
final class PfTags {
    /** It came for an address that is published or redirected. */
    static final String REDIRECTED = "linkctl_redirected";

    /** The last rule of the inventory that fits is a block. */
    static final String BLOCKED = "linkctl_blocked";

    /** The last one is an allow, after a block. */
    static final String ALLOWED = "linkctl_allowed";

    /** It is SSH, by an interface that a rule of the inventory names. */
    static final String NAMED = "linkctl_named";

    /** It is SSH to the host itself, and was not redirected there. */
    static final String SSH = "linkctl_ssh";

    private PfTags() {}

    static String set(String tag) {
        return " tag " + tag;
    }

    static String has(String tag) {
        return " tagged " + tag;
    }

    static String lacks(String tag) {
        return " ! tagged " + tag;
    }

    /** That of packets which a rule of the inventory, by its place among them, lets through before they are translated. */
    static String byRule(int index) {
        return "linkctl_rule_" + (index + 1);
    }
}
