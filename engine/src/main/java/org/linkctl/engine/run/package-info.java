/** Runs over many hosts: probe, plan, apply, confirm, roll back. Uses connections, not a way to make them. */
@NullMarked
package org.linkctl.engine.run;

import org.jspecify.annotations.NullMarked;
