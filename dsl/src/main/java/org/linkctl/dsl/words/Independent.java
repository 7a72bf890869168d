package org.linkctl.dsl.words;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names attributes on whose values no check of anything else depends: where one cannot be read, what else is declared
 * is checked as if it had been. Holds for the name of the attribute, whichever word has it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface Independent {
    String[] value();
}
