package org.linkctl.modules.declared

import org.linkctl.model.HostService
import org.linkctl.modules.Modules
import org.linkctl.spi.Memory
import org.linkctl.spi.Owned
import spock.lang.Specification

class ReservedPackagesSpec extends Specification {
    def 'that a login, or its network, may depend on package #name: #reserved'() {
        expect:
        ReservedPackages.has(name) == reserved

        where:
        name << ['sudo', 'doas', 'opendoas', 'openssh-server', 'openssh-portable', 'dropbear', 'dropbear-bin', 'ifupdown', 'ifupdown2',
                 'network-manager', 'NetworkManager', 'netplan.io', 'isc-dhcp-client', 'dhcpcd-base', 'isc-dhcp44-client', 'udhcpc', 'openvpn',
                 'strongswan', 'tailscale', 'zsh', 'fish', 'libpam-sss', 'sssd', 'linux-image-amd64', 'systemd-resolved'] +
            ['lldpd', 'snmpd', 'tcpdump', 'unattended-upgrades', 'chrony', 'smartmontools', 'iperf3', 'prometheus-node-exporter', 'suricata']
        reserved << [true] * 25 + [false] * 9
    }

    def 'service #name is left as it is once it is no longer declared, on #module'() {
        given:
        def one = Modules.all().find { it.name() == module }
        def owned = new Owned("$module[$name]".toString(), Memory.OWNED)

        expect:
        HostService.staysAsItIs(name)
        one.absent(null, owned).empty

        where:
        name               | module
        'sshd'             | 'linux.service'
        'ssh.socket'       | 'linux.service'
        'systemd-networkd' | 'linux.service'
        'ufw'              | 'linux.service'
        'sshd'             | 'freebsd.service'
        'ipfw'             | 'freebsd.service'
    }
}
