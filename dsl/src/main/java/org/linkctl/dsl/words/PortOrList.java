package org.linkctl.dsl.words;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names attributes, declared as {@code Object}, whose value is a port, a range of ports or a list of them. In the vocabulary this class
 * is their type.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface PortOrList {
    String[] value();
}
