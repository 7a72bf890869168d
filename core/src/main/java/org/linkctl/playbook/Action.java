package org.linkctl.playbook;

import java.util.List;
import org.linkctl.model.Host;
import org.linkctl.net.Ip;
import org.linkctl.plan.Way;
import org.linkctl.shell.Argv;

/** What one step of a playbook does. The set is closed: every text and the execution know every case. */
public sealed interface Action {
    /** Shows a text. */
    record Say(String text) implements Action {}

    /** Asks a person, who has to agree before the next step. */
    record Ask(String question) implements Action {}

    /** Checks the health of hosts; anything bad is a failure. */
    record Verify(List<Host> hosts) implements Action {
        public Verify {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Brings hosts to their declared state, as {@code linkctl apply} does.
     *
     * @param only names of modules, as {@code --only} has them; empty: all
     * @param rotatePsk tunnels that get new pre-shared keys
     * @param rotateKey tunnels whose ends get new private keys
     */
    record Apply(List<Host> hosts, List<String> only, List<String> rotatePsk, List<String> rotateKey)
            implements Action {
        public Apply {
            hosts = List.copyOf(hosts);
            only = List.copyOf(only);
            rotatePsk = List.copyOf(rotatePsk);
            rotateKey = List.copyOf(rotateKey);
        }
    }

    /** Takes something out of service, as {@code linkctl drain} does, until it is undrained or the playbook ends. */
    record Drain(Way way) implements Action {}

    /** Puts it back, as far as this run has taken it out. */
    record Undrain(Way way) implements Action {}

    /**
     * Reboots hosts together, and waits until each is back and in health.
     *
     * @param within seconds
     */
    record Reboot(List<Host> hosts, int within) implements Action {
        public Reboot {
            hosts = List.copyOf(hosts);
        }
    }

    /** Runs a command on a host, as root, while the host is locked against other runs. */
    record Run(Host host, Argv command, Expected expected) implements Action {}

    /**
     * Measures the throughput of the routes between hosts.
     *
     * @param name under which the result is kept, to be compared with the next one of that name
     * @param seconds of each measurement
     * @param flows parallel TCP streams
     * @param accept whether the result is kept for that also where it is clearly less
     */
    record Measure(List<Host> hosts, String name, int seconds, int flows, boolean accept) implements Action {
        /** Seconds that one may take. */
        public static final int LONGEST = 300;

        /** What iperf3(1) takes of streams. */
        public static final int MOST_FLOWS = 128;

        public Measure {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * Asks a host again and again until the answer is what is expected.
     *
     * @param question a command that changes nothing
     * @param within seconds
     * @param kept under which name the time that it took is kept, to be shown beside the next one; empty: it is not
     */
    record WaitFor(Host host, Argv question, Expected expected, int within, String kept) implements Action {}

    /**
     * Begins to ping one host from another, by their addresses on their LANs, so that the routes between them carry it.
     *
     * @param source the address of {@code from}
     * @param target the address of {@code to}
     * @param tcp whether TCP connections are held meanwhile as well
     */
    record Watch(String name, Host from, Host to, Ip source, Ip target, boolean tcp) implements Action {
        /** Between two packets. */
        public static final int MILLIS = 200;
    }

    /**
     * Ends a {@link Watch}, and tells what was lost.
     *
     * @param most the longest time without an answer that is no failure, in seconds
     */
    record Outage(Watch watch, int most) implements Action {}

    /**
     * Waits until hosts are in health.
     *
     * @param within seconds
     */
    record WaitForHealth(List<Host> hosts, int within) implements Action {
        public WaitForHealth {
            hosts = List.copyOf(hosts);
        }
    }
}
