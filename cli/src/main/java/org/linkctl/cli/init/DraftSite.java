package org.linkctl.cli.init;

import org.linkctl.model.Os;

/**
 * A site with one host, as the answers are so far, and what would be taken for the rest.
 *
 * @param lan the prefix of its LAN
 * @param ssh how its host is logged in to
 * @param ports its interfaces on the LAN, with commas between them; two or more make a bond
 * @param mode of the bond, a constant of the language
 * @param address of the host on the LAN
 * @param endpoint by which others call it; empty: it calls
 */
record DraftSite(
        String name,
        String lan,
        String host,
        Os os,
        String ssh,
        String ports,
        String mode,
        String address,
        String endpoint) {
    DraftSite lan(String value) {
        return new DraftSite(name, value, host, os, ssh, ports, mode, address, endpoint);
    }

    DraftSite host(String value) {
        return new DraftSite(name, lan, value, os, ssh, ports, mode, address, endpoint);
    }

    DraftSite os(Os value) {
        return new DraftSite(name, lan, host, value, ssh, ports, mode, address, endpoint);
    }

    DraftSite ssh(String value) {
        return new DraftSite(name, lan, host, os, value, ports, mode, address, endpoint);
    }

    DraftSite ports(String value) {
        return new DraftSite(name, lan, host, os, ssh, value, mode, address, endpoint);
    }

    DraftSite mode(String value) {
        return new DraftSite(name, lan, host, os, ssh, ports, value, address, endpoint);
    }

    DraftSite address(String value) {
        return new DraftSite(name, lan, host, os, ssh, ports, mode, value, endpoint);
    }

    DraftSite endpoint(String value) {
        return new DraftSite(name, lan, host, os, ssh, ports, mode, address, value);
    }

    boolean isBonded() {
        return ports.contains(",");
    }
}
