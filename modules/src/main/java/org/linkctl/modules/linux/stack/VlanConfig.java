package org.linkctl.modules.linux.stack;

/**
 * A VLAN as it has to be made, live and at boot.
 *
 * @param on the interface that carries it, as the stack knows it
 * @param ip its addresses, its MTU and DHCP, where one file says all of an interface
 */
public record VlanConfig(String name, InterfaceConfig on, int id, InterfaceConfig ip) {}
