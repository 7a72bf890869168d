package org.linkctl.engine.ssh;

import java.util.EnumMap;
import java.util.Map;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.direct.PTYMode;
import net.schmizz.sshj.connection.channel.direct.Session;

/** A pseudo-terminal on the host that changes nothing of what passes through it (RFC 4254, sections 6.2 and 8). */
final class PseudoTerminal {
    private PseudoTerminal() {}

    static void request(Session session) throws SSHException {
        Map<PTYMode, Integer> modes = new EnumMap<>(PTYMode.class);
        for (PTYMode off : new PTYMode[] {PTYMode.ECHO, PTYMode.OPOST, PTYMode.ONLCR, PTYMode.IXON, PTYMode.IXOFF}) {
            modes.put(off, 0);
        }
        session.allocatePTY("dumb", 80, 24, 0, 0, modes);
    }
}
