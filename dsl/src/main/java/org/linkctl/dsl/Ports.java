package org.linkctl.dsl;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names attributes, declared as {@code Object}, that take a port or a list of them. In the vocabulary it stands for that type. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface Ports {
    String[] value();
}
