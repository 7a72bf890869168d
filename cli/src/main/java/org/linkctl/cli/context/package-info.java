/** What every command gets, and how it ends: streams, installed modules, failures, exit statuses, Ctrl-C. */
@NullMarked
package org.linkctl.cli.context;

import org.jspecify.annotations.NullMarked;
