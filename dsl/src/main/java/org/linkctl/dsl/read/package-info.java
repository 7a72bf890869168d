/**
 * From a file to a script that has run: reading the text, compiling it in rounds that leave out statements with errors,
 * numbering of places, included files, and the limits of time and memory of a run.
 */
@NullMarked
package org.linkctl.dsl.read;

import org.jspecify.annotations.NullMarked;
