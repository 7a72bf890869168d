package org.linkctl.modules.freebsd.carp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Question;

/** The addresses that a host shares with another one, as {@code linkctl import} has to know them. No password is read. */
final class CarpFound {
    private static final Question.Command PREEMPT = Question.command("sysctl", "-n", "-i", "net.inet.carp.preempt");

    /** Seconds, of advbase, where nothing is said. */
    private static final int USUAL = 1;

    private CarpFound() {}

    static List<Question<?>> questions() {
        return List.of(Ifconfig.question(), PREEMPT);
    }

    static List<Found> read(Answers answers) {
        boolean preempt = answers.to(PREEMPT).stdout().strip().equals("1");
        List<Found> out = new ArrayList<>();
        for (Ifconfig.Device device : Ifconfig.read(answers).byName().values()) {
            device.carp().forEach((vhid, state) -> {
                Set<Cidr> addresses = Set.copyOf(device.shared(vhid));
                Integer interval = state.advbase() == USUAL ? null : state.advbase();
                if (!addresses.isEmpty())
                    out.add(new Found.Shared(device.name(), vhid, addresses, state.advskew(), interval, preempt));
            });
        }
        return List.copyOf(out);
    }
}
