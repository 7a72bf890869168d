package org.linkctl.dsl.words;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names an attribute, declared as an {@code Object}, whose value is {@code true}, {@code false}, a prefix or a list of
 * prefixes. In the vocabulary this class is the type of the attribute.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface FlagOrPrefixes {
    String value();
}
