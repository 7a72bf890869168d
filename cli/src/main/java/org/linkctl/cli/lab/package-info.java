/** The commands lab and demo, on virtual machines. */
@NullMarked
package org.linkctl.cli.lab;

import org.jspecify.annotations.NullMarked;
