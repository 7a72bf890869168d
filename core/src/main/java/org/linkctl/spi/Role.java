package org.linkctl.spi;

/**
 * The part that a host plays beside another one, which may stand in for it: as CARP's master, for instance.
 *
 * @param active traffic goes through this host now, and the other one stands by; false: the other way round
 * @param yields the other one can have the traffic for a while, and no connection is lost by that
 */
public record Role(boolean active, boolean yields) {}
