/**
 * The files of an inventory as text: their lines, where in them each use of a word and its values stand, and at which
 * of these places the running script is. Knows no word by name and no other room of the language.
 */
@NullMarked
package org.linkctl.dsl.source;

import org.jspecify.annotations.NullMarked;
