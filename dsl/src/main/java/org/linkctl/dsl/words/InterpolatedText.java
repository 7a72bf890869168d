package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.GString;
import java.util.Map;

/**
 * A text with {@code ${…}} in it. Groovy's own loads all of its metaclasses when the first one is shown, which takes longer
 * than the rest of a check; what such a text usually holds is shown without them, and the same.
 */
public final class InterpolatedText extends GString {
    private static final long serialVersionUID = 1L;
    private static final String OURS = "org.linkctl.";

    private final String[] texts;

    /**
     * One as it is written.
     *
     * @param values what stands in the braces
     * @param texts what stands around them, one more than values, or as many
     */
    public InterpolatedText(Object[] values, String[] texts) {
        super(values);
        this.texts = texts.clone();
    }

    @Override
    public String[] getStrings() {
        return texts.clone();
    }

    @Override
    public String toString() {
        Object[] values = getValues();
        for (Object value : values) if (!isPlain(value)) return super.toString();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.max(texts.length, values.length); i++) {
            if (i < texts.length) out.append(texts[i]);
            if (i < values.length) out.append(values[i]);
        }
        return out.toString();
    }

    /** Groovy shows it as its own toString() does. */
    private static boolean isPlain(Object value) {
        return value == null
                || value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || (value.getClass().getName().startsWith(OURS)
                        && !(value instanceof Closure || value instanceof Iterable || value instanceof Map));
    }
}
