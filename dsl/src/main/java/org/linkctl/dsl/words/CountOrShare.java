package org.linkctl.dsl.words;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names attributes, declared as {@code Object}, whose value is a number of hosts or, as a text, a share of them. In the
 * vocabulary this class is their type.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface CountOrShare {
    String[] value();
}
