package org.linkctl.lab

import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.Tag

/** Hosts run by something other than networkd, as much of them as a refusal or another renderer needs. */
@Tag('lab')
@Requires({ RealHosts.wanted() })
class KindsLabSpec extends Specification {
    @AutoCleanup TemporaryLab temporary

    private boolean settled(String host) {
        Poll.until("$host to settle", Duration.ofSeconds(60), {
            temporary.lab().exec(host, 'systemctl is-system-running').stdout().strip() == 'running'
        })
        true
    }

    private String active(String host, String unit) {
        temporary.lab().exec(host, "systemctl is-active $unit").stdout().strip()
    }

    private boolean addressed() {
        temporary.lab().exec('ifup', 'ip -br address show eth1').stdout().contains('10.9.0.1/24')
    }

    def 'ifupdown, before and after a reboot, and a pretended NetworkManager'() {
        when:
        temporary = Lab.temporary(new LabSpec(
                [new HostSpec('ifup', NetworkKind.IFUPDOWN, 'lab-address eth1 inet 10.9.0.1/24'),
                 HostSpec.bare('nm').runBy(NetworkKind.NETWORK_MANAGER)],
                [WireSpec.wire('ifup', 'eth1', 'nm', 'eth1')]), { println it })

        then:
        settled('ifup')
        active('ifup', 'networking') == 'active'
        active('ifup', 'systemd-networkd') == 'inactive'
        addressed()

        and:
        settled('nm')
        active('nm', 'NetworkManager') == 'active'
        active('nm', 'systemd-networkd') == 'inactive'

        when:
        temporary.lab().reboot('ifup')

        then:
        settled('ifup')
        active('ifup', 'systemd-networkd') == 'inactive'
        addressed()
    }
}
