/** Carries out playbooks, step by step. */
@NullMarked
package org.linkctl.cli.playbook;

import org.jspecify.annotations.NullMarked;
