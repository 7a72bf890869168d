package org.linkctl.modules.paths;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Vip;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Examination.Look;
import org.linkctl.spi.Question;
import org.linkctl.spi.Sight;

/** The addresses that a host has now, and whether NAT has to be between them and the world. */
final class OwnAddresses {
    /** Addresses that no packet has on the Internet: RFC 1918, RFC 6598, RFC 3927, RFC 4193. */
    private static final List<Cidr> PRIVATE = Stream.of(
                    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7")
            .map(text -> Cidr.parse(text).orElseThrow())
            .toList();

    private OwnAddresses() {}

    static Question.Command question(Os os) {
        return os == Os.LINUX ? Links.question() : Ifconfig.question();
    }

    /** Of global scope. */
    static Set<Ip> of(Host host, Sight sight) {
        Question.Command question = question(host.os());
        return sight.to(host.name(), Look.FIRST, question)
                .map(answer -> new Answers(java.util.Map.of(question, answer)))
                .map(answers -> host.os() == Os.LINUX ? linux(answers) : freebsd(answers))
                .orElse(Set.of());
    }

    private static Set<Ip> linux(Answers answers) {
        return Links.from(answers).byName().values().stream()
                .flatMap(link -> link.addresses().stream())
                .map(Cidr::address)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Ip> freebsd(Answers answers) {
        return Ifconfig.read(answers).byName().values().stream()
                .flatMap(device -> device.addresses().stream())
                .map(one -> one.address().address())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static boolean isPrivate(Ip address) {
        return PRIVATE.stream().anyMatch(prefix -> prefix.contains(address));
    }

    /** Those that the inventory gives it, which it may not have yet. */
    static boolean isDeclared(Fabric fabric, Host host, Ip address) {
        return fabric.holder(host, address).isPresent()
                || fabric.of(Vip.class, host).stream()
                        .anyMatch(vip -> vip.addresses().stream()
                                .anyMatch(one -> one.address().equals(address)));
    }
}
