package org.linkctl.modules.linux.role;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.Vip;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** Addresses of others that the master of a vip answers ARP requests for (ip-neighbour(8), proxy). */
record Proxied(Vip vip, List<Ip> addresses) {
    private static final Question.Command SHOW = Question.command("ip", "-j", "-4", "neigh", "show", "proxy");
    private static final String METRIC = "50000";
    private static final String STOP =
            ShellFile.of(Proxied.class, "stop-answering.sh").text().strip();
    private static final Pattern ENTRIES = Pattern.compile("(?m)^proxied='(?<entries>[^']*)'$");

    /** An address that this host answers for on an interface. */
    record Entry(String device, Ip address) {
        String subject() {
            return "proxy ARP for " + address + " on " + device;
        }

        /** What the program does where this host is no master. It may have done so by then. */
        Step removal() {
            return Step.run(
                    Argv.of("/bin/sh", "-c", STOP, "sh", address.text(), device),
                    Argv.of("ip", "route", "replace", address + "/32", "dev", "lo", "metric", METRIC),
                    Argv.of("ip", "neigh", "replace", "proxy", address.text(), "dev", device));
        }
    }

    /** Each address with the first vip on its interface; the checks saw that there is one. */
    static List<Proxied> all(Fabric fabric, Host host) {
        Map<Vip, List<Ip>> out = new LinkedHashMap<>();
        for (ProxyArp proxy : fabric.of(ProxyArp.class, host)) {
            fabric.of(Vip.class, host).stream()
                    .filter(vip -> vip.on().equals(proxy.on()))
                    .findFirst()
                    .ifPresent(vip ->
                            out.computeIfAbsent(vip, _ -> new ArrayList<>()).addAll(proxy.addresses()));
        }
        return out.entrySet().stream()
                .map(one -> new Proxied(
                        one.getKey(), one.getValue().stream().distinct().toList()))
                .toList();
    }

    /** As the program takes them. */
    Stream<String> entries() {
        return addresses.stream().map(address -> vip.on() + "/" + vip.id() + "/" + address);
    }

    List<Entry> wanted() {
        return addresses.stream().map(address -> new Entry(vip.on(), address)).toList();
    }

    static Question.Command question() {
        return SHOW;
    }

    static List<Entry> read(Answers answers) {
        List<Entry> out = new ArrayList<>();
        String what = SHOW.argv().render();
        for (JsonNode one : Json.objects(what, answers.stdout(SHOW))) {
            String text = Json.text(one, "dst");
            Ip address = Ip.parse(text).orElseThrow(() -> new UnreadableFacts(what + ": no address: " + text));
            out.add(new Entry(Json.text(one, "dev"), address));
        }
        return List.copyOf(out);
    }

    /** What such a program answers for, and none of these asks for any more. */
    static List<Entry> gone(@Nullable String program, List<Proxied> wanted) {
        Matcher found = ENTRIES.matcher(program == null ? "" : program);
        List<Entry> out = new ArrayList<>();
        if (!found.find()) return out;
        for (String entry : found.group("entries").split(" ", -1)) {
            String[] parts = entry.split("/", -1);
            if (parts.length != 3) continue;
            Ip.parse(parts[2]).ifPresent(address -> out.add(new Entry(parts[0], address)));
        }
        wanted.forEach(one -> out.removeAll(one.wanted()));
        return out;
    }
}
