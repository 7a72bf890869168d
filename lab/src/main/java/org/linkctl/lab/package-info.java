/** Real test hosts: Debian under QEMU, cloned in seconds from one booted template, joined by wires that can fail. */
@NullMarked
package org.linkctl.lab;

import org.jspecify.annotations.NullMarked;
