package org.linkctl.modules.linux.policyrules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.linkctl.model.Everything;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** What a table has where there is no tunnel: nobody can be reached, rather than everybody in clear. */
record LastRoute(boolean v6, int table) implements Comparable<LastRoute> {
    /** Marks the service's own routes. No meaning to the kernel (rtnetlink(7), rtm_protocol). */
    static final String PROTOCOL = "109";

    /** Behind any that somebody may set; a greater one than fits a signed number is of no use to those who read it. */
    static final String METRIC = "2147483647";

    static List<LastRoute> of(Fabric fabric, Host host) {
        return fabric.staticRoutes(host).stream()
                .flatMap(route -> Everything.of(fabric, route, host).stream()
                        .map(source -> new LastRoute(source.prefix().isV6(), Everything.table(route))))
                .distinct()
                .sorted()
                .toList();
    }

    Question.Command question() {
        return Question.command(
                "ip", "-j", family(), "route", "show", "table", Integer.toString(table), "proto", PROTOCOL);
    }

    /** A table without any route is not there for ip(8), which fails then. */
    boolean isThere(Answers answers) {
        Answer.Output said = answers.to(question());
        if (!said.ok()) return false;
        for (JsonNode route : Json.objects(question().argv().render(), said.stdout()))
            if (route.path("type").asText().equals("unreachable")
                    && route.path("dst").asText().equals("default")) return true;
        return false;
    }

    String family() {
        return v6 ? "-6" : "-4";
    }

    String shown() {
        return "last route of table " + table + (v6 ? ", IPv6" : ", IPv4");
    }

    @Override
    public int compareTo(LastRoute other) {
        return shown().compareTo(other.shown());
    }
}
