package org.linkctl.engine;

/**
 * How a host was logged in to.
 *
 * @param login the user and the place, such as {@code admin@192.0.2.10:22}
 * @param key the name of the key that was taken; empty where that is not known
 * @param root how its commands run as root, such as {@code by sudo}; empty where the login is root's
 */
public record Access(String login, String key, String root) {}
