package org.linkctl.modules.linux.replyrouting;

import java.util.List;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.net.Ip;

/** A way by which answers leave, of one address family: a routing table with one default route, and rules that lead to it. */
public interface ReplyWay {
    boolean v6();

    /** Whose packets have this way, among them what is not marked yet. */
    List<Ip> addresses();

    /** Of its mark, and of its routing table. */
    int number();

    /** The default route, as ip-route(8) takes it. */
    String words();

    /** As the program's function {@code routes} names it, without family and table. */
    String line();

    List<IpRule> rules();

    /** For findings. */
    String subject();

    /** What happens where something else comes first: a clause. */
    String lost();

    default String table() {
        return Integer.toString(number());
    }

    /** As plans show it. */
    default String route() {
        return (v6() ? "-6 " : "-4 ") + words() + " table " + table();
    }
}
