package org.linkctl.check;

import java.util.regex.Pattern;
import org.linkctl.diag.Place;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.net.Ip;

/** Values of what a pair has that are wrong whatever stands elsewhere. */
final class PairValues {
    /** carp(4) and RFC 5798 section 5.2.3: the id is one byte, and 0 is none. */
    private static final int LARGEST_ID = 255;

    /** carp(4): advbase is one byte. */
    private static final int LARGEST_INTERVAL = 255;

    /** pfsync(4): maxupd is one byte. */
    private static final int MOST_UPDATES = 255;

    private static final Pattern PROGRAM = Pattern.compile("(?:/[A-Za-z0-9_.+@-]+)+");

    private static final String PROGRAM_RULE =
            "from / on, without blanks: '/usr/local/sbin/announce'; its arguments are a list: args: ['em1', 'up']";

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

    private final Refusals refusals;
    private final AddressValues addressValues;

    PairValues(Refusals refusals) {
        this.refusals = refusals;
        addressValues = new AddressValues(refusals);
    }

    void vip(Vip vip) {
        if (vip.id() < 1 || vip.id() > LARGEST_ID) {
            String written = Integer.toString(vip.id());
            refusals.value(vip.at(), "name", written, "vip " + written + " is out of range", "from 1 to " + LARGEST_ID);
        }
        refusals.device(vip.at(), "on", vip.on());
        refusals.range(vip.at(), "interval", vip.seconds(), 1, LARGEST_INTERVAL, "seconds");
        addressValues.check(vip.at(), vip.addresses());
        for (Vip.Action action : vip.actions()) action(action);
    }

    /** No shell ever looks at the words; they are shown, logged and compared line by line. */
    private void action(Vip.Action action) {
        String program = action.program();
        if (!PROGRAM.matcher(program).matches()) {
            String summary = "'" + Names.shown(program) + "' is no path of a program";
            refusals.value(action.at(), "name", program, summary, PROGRAM_RULE);
        }
        for (String argument : action.arguments()) {
            if (PRINTABLE.matcher(argument).matches()) continue;
            String summary = "args: '" + Names.shown(argument) + "' has characters that cannot be printed";
            refusals.value(action.at(), "args", argument, summary, "printable ASCII; the rest belongs into a file");
        }
    }

    void stateSync(StateSync sync) {
        refusals.device(sync.at(), "on", sync.on());
        Integer updates = sync.maxUpdates();
        if (updates != null) refusals.range(sync.at(), "maxUpdates", updates, 1, MOST_UPDATES, "updates in a packet");
    }

    void proxyArp(ProxyArp proxy) {
        refusals.device(proxy.at(), "on", proxy.on());
        for (Ip address : proxy.addresses()) {
            if (address.isV6()) {
                refuse(proxy.at(), "addresses", address.text(), "is an IPv6 address: ARP is for IPv4");
            } else held(proxy.at(), "addresses", address.text(), address);
        }
    }

    private void held(Place at, String attribute, String written, Ip address) {
        String special = Bits.special(address);
        if (special != null) refuse(at, attribute, written, "is " + special + " address");
    }

    private void refuse(Place at, String attribute, String value, String why) {
        refusals.value(at, attribute, value, attribute + ": '" + Names.shown(value) + "' " + why, "");
    }
}
