package org.linkctl.modules.linux.stack;

/**
 * A VLAN as it has to be made, live and at boot.
 *
 * @param on the interface that carries it, as the stack knows it
 */
public record VlanConfig(String name, InterfaceConfig on, int id) {}
