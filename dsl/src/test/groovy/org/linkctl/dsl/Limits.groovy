package org.linkctl.dsl

import org.linkctl.model.FirezoneGateway
import org.linkctl.model.Link
import org.linkctl.model.Os
import org.linkctl.model.Vlan
import org.linkctl.spi.SystemLimits

/** The limits of Linux's modules, which the language does not know; LimitsSpec of the modules holds the two together. */
class Limits implements SystemLimits {
    static final List<SystemLimits> ALL = [new Limits(), new FreebsdLimits()]

    Os system() { Os.LINUX }

    Map notYet() { [:] }

    List<String> files(Link link) {
        def file = "/etc/network/interfaces.d/linkctl-${link.name().replace('.', '_')}"
        def unit = "/etc/systemd/network/10-linkctl-${link.name()}"
        [file, "$file-address", "${unit}.network", *(link instanceof Vlan ? [] : link.lower().collect { "$unit-${it}.network" })]*.toString()
    }
}

/** Those of FreeBSD's. */
class FreebsdLimits implements SystemLimits {
    Os system() { Os.FREEBSD }

    Map notYet() { [(FirezoneGateway): 'Firezone gateways'] }

    Map reasons() { [(FirezoneGateway): "Firezone's gateway is a program for Linux alone"] }
}
