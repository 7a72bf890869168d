/**
 * The words that users write. Each {@code *Spec} class is one pair of braces, each of its public methods a word: the
 * method declares the attributes and their types, reads their values and adds to the declarations. {@code Vocabulary}
 * reads words, attributes and constants from these methods, so that a new word is added here and nowhere else in the
 * language.
 */
@NullMarked
package org.linkctl.dsl.words;

import org.jspecify.annotations.NullMarked;
