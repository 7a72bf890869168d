package org.linkctl.modules.frr

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.shell.Content
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** What is masked on the host, by sed(1), and what is masked here, of FRR's file, are the same. */
class FrrSecretsSpec extends Specification {
    @TempDir
    Path folder

    /** What the program on the host prints, where FRR runs with this configuration. */
    private String onHost(String config) {
        def vtysh = folder.resolve('vtysh')
        Files.writeString(folder.resolve('config'), config)
        Files.writeString(vtysh, "#!/bin/sh\ncat '${folder.resolve('config')}'\n")
        vtysh.toFile().executable = true
        def process = new ProcessBuilder('/bin/sh', '-c', FrrSecrets.script(), 'sh', vtysh.toString()).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0: process.errorStream.text
        said
    }

    def "'#line' is shown as '#shown'"() {
        expect:
        FrrSecrets.mask("router x\n$line\nexit\n") == "router x\n$shown\nexit\n"
        onHost("router x\n$line\nexit\n") == "router x\n$shown\nexit\n"
        FrrSecrets.content("$line\n").class == Content.Hidden

        where:
        line                                                     | shown
        'password mystery'                                       | 'password ***'
        'enable password 8 mystery'                              | 'enable password ***'
        ' neighbor 10.1.0.99 password mystery'                   | ' neighbor 10.1.0.99 password ***'
        ' neighbor 2001:db8::9 password my secret is mystery'    | ' neighbor 2001:db8::9 password ***'
        ' area-password clear mystery'                           | ' area-password ***'
        ' area-password md5 mystery authenticate snp validate'   | ' area-password ***'
        ' domain-password clear mystery'                         | ' domain-password ***'
        ' isis password clear mystery'                           | ' isis password ***'
        ' ip ospf message-digest-key 1 md5 mystery'              | ' ip ospf message-digest-key 1 md5 ***'
        ' ip ospf authentication-key mystery'                    | ' ip ospf authentication-key ***'
        ' area 1 virtual-link 192.0.2.1 authentication-key mystery' | ' area 1 virtual-link 192.0.2.1 authentication-key ***'
        ' ip rip authentication string mystery'                  | ' ip rip authentication ***'
        ' ip nhrp authentication mystery'                        | ' ip nhrp authentication ***'
        '  key-string mystery'                                   | '  key-string ***'
        '   tcp-md5-auth mystery'                                | '   tcp-md5-auth ***'
    }

    @Requires({ FrrSecretsSpec.vtysh() })
    def "what FRR says of a command that it does not understand holds no secret: #line"() {
        given:
        def conf = folder.resolve('frr.conf')
        Files.writeString(conf, "router bgp 65001\n neighbor 192.0.2.1 remote-as 65002\n$line\n")

        when:
        def process = new ProcessBuilder('/bin/sh', '-c', BgpModule.CHECK, 'sh', 'vtysh', conf.toString()).start()
        def said = process.errorStream.text

        then:
        process.waitFor() != 0
        said.contains('line 3: % ')
        said.contains(kept)
        !said.contains('mystery')

        where:
        line                                         | kept
        ' neighbor 192.0.2.1 passwrd mystery'        | 'neighbor 192.0.2.1 passwrd ***'
        ' neighbor 192.0.2.1 passwrd mystery '       | 'neighbor 192.0.2.1 passwrd ***'
        ' neighbr 192.0.2.1 password my mystery'     | 'neighbr 192.0.2.1 password ***'
        'mystery'                                    | '***'
    }

    static boolean vtysh() {
        boolean there = ['sh', '-c', 'command -v vtysh'].execute().waitFor() == 0
        if (!there) println 'FrrSecretsSpec: there is no vtysh(1) whose complaints could be masked'
        there
    }

    def "'#line' holds a name alone, and is shown"() {
        expect:
        FrrSecrets.mask("router x\n$line\nexit\n") == "router x\n$line\nexit\n"
        onHost("router x\n$line\nexit\n") == "router x\n$line\nexit\n"
        FrrSecrets.content("$line\n").class == Content.Plain

        where:
        line << ['secret', 'password', 'md5', 'authentication'].collectMany { [
            " neighbor 10.255.0.2 description linkctl $it to b-gw", " description linkctl $it to b-gw",
            "ip route 10.5.6.0/24 10.255.0.2 $it tag 27755 250", "ipv6 route fd00:b::/64 fd00:ff::2 $it tag 27755 250",
            "ip prefix-list LINKCTL-IN-$it seq 5 permit 10.5.6.0/24", "route-map LINKCTL-IN-$it permit 10",
            "no ip prefix-list LINKCTL-IN-$it permit 10.5.6.0/24", "  neighbor 10.255.0.2 route-map LINKCTL-IN-$it in",
            " match ip address prefix-list LINKCTL-IN-$it"]*.toString() }
    }
}
