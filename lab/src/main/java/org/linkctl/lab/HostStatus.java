package org.linkctl.lab;

/**
 * How one host of a lab is.
 *
 * @param name its name
 * @param running whether its QEMU runs
 * @param answers whether its sshd answers
 * @param pid of its QEMU
 * @param port of 127.0.0.1 that leads to its sshd
 */
public record HostStatus(String name, boolean running, boolean answers, long pid, int port) {}
