/** The files that hosts are sent: looked for, fetched and compared before anything is changed. */
@NullMarked
package org.linkctl.cli.files;

import org.jspecify.annotations.NullMarked;
