/**
 * What is wrong in the text of a file: the checks of the syntax tree (words, attributes, literals, punctuation, quotes,
 * brackets, annotations), and the messages of the Groovy compiler in the terms of the language. Part of what is wrong
 * is corrected in the tree after it was reported, so that the rest of the file can be checked.
 */
@NullMarked
package org.linkctl.dsl.syntax;

import org.jspecify.annotations.NullMarked;
