/** Options and arguments that several commands share, as picocli mixins. */
@NullMarked
package org.linkctl.cli.option;

import org.jspecify.annotations.NullMarked;
