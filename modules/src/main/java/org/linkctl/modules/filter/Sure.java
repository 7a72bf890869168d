package org.linkctl.modules.filter;

/** Whether a rule matches a packet, as far as that can be told from its text. */
enum Sure {
    YES,
    NO,
    MAYBE;

    static Sure of(boolean yes) {
        return yes ? YES : NO;
    }

    Sure and(Sure other) {
        if (this == NO || other == NO) return NO;
        return this == YES ? other : MAYBE;
    }

    Sure not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case MAYBE -> MAYBE;
        };
    }
}
