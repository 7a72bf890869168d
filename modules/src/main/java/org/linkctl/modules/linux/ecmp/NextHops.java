package org.linkctl.modules.linux.ecmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.UnreadableFacts;

/**
 * Nexthop objects of a kernel (ip-nexthop(8)), as far as their ids are a route's.
 *
 * @param resilient it can have resilient groups
 * @param groups by id
 * @param devices objects of one interface, by id
 * @param unbalanced ids of groups in which a next hop has less than its share
 */
record NextHops(
        boolean resilient, Map<Integer, NexthopGroup> groups, Map<Integer, Device> devices, List<Integer> unbalanced) {
    /** An object that leads onto an interface; what is more of it stands after the name. */
    record Device(int id, String dev) {}

    static final NextHops NONE = new NextHops(false, Map.of(), Map.of(), List.of());

    /** On a host with nothing yet. */
    static final NextHops BARE = new NextHops(true, Map.of(), Map.of(), List.of());

    private static final Question.Command SHOW = Question.command("ip", "-j", "-d", "nexthop", "show");

    /** Lists nothing: no nexthop object leads onto the loopback. It fails where ip(8) or the kernel knows no buckets. */
    private static final Question.Command BUCKETS = Question.command("ip", "nexthop", "bucket", "list", "dev", "lo");

    private static final String LEFTOVER =
            ShellFile.of(NextHops.class, "leftover.sh").text();

    NextHops {
        groups = Map.copyOf(groups);
        devices = Map.copyOf(devices);
        unbalanced = List.copyOf(unbalanced);
    }

    /**
     * What to ask.
     *
     * @param watched whether a group is wanted
     */
    static List<Question<?>> questions(boolean watched) {
        return watched ? List.of(BUCKETS, SHOW) : List.of(SHOW);
    }

    static NextHops read(Answers answers, int first, boolean watched) {
        boolean resilient = watched && canBeResilient(answers.to(BUCKETS));
        Answer.Output said = answers.to(SHOW);
        if (!said.ok()) { // before Linux 5.3
            if (resilient)
                throw new UnreadableFacts(
                        SHOW.argv().render() + " failed: " + said.stderr().strip());
            return NONE;
        }
        Map<Integer, Device> devices = new LinkedHashMap<>();
        Map<Integer, JsonNode> groups = new TreeMap<>();
        for (JsonNode one : Json.objects(SHOW.argv().render(), said.stdout())) {
            int id = Json.unsigned(one, "id");
            if (!NexthopGroup.isOf(first, id)) continue;
            String protocol = one.has("protocol") ? Json.text(one, "protocol") : "unspec";
            if (!protocol.equals(NexthopGroup.OURS)) {
                if (!watched) continue; // a route without groups needs none of these ids
                throw new Refused("nexthop " + id + " is of '" + protocol
                        + "', not of linkctl, which needs its id: free" + " 210000000 to 243554431 (ip-nexthop(8))");
            }
            if (one.has("group")) groups.put(id, one);
            else devices.put(id, new Device(id, device(one)));
        }
        Map<Integer, NexthopGroup> out = new LinkedHashMap<>();
        List<Integer> unbalanced = new ArrayList<>();
        groups.forEach((id, one) -> {
            out.put(id, group(id, one, devices));
            if (one.path("resilient_args").path("unbalanced_time").asDouble() > 0) unbalanced.add(id);
        });
        return new NextHops(resilient, out, devices, unbalanced);
    }

    private static boolean canBeResilient(Answer.Output said) {
        if (said.ok() && !said.stdout().isBlank()) {
            throw new UnreadableFacts(BUCKETS.argv().render() + ": nothing was expected");
        }
        return said.ok();
    }

    private static String device(JsonNode one) {
        String dev = one.has("dev") ? Json.text(one, "dev") : "none";
        return one.has("gateway") ? dev + " via " + Json.text(one, "gateway") : dev;
    }

    private static NexthopGroup group(int id, JsonNode one, Map<Integer, Device> devices) {
        List<NexthopGroup.Member> members = new ArrayList<>();
        for (JsonNode member : one.path("group")) {
            int its = Json.unsigned(member, "id");
            Device device = devices.get(its);
            members.add(new NexthopGroup.Member(
                    its,
                    device == null ? "id " + Integer.toUnsignedString(its) : device.dev(),
                    member.has("weight") ? Json.number(member, "weight") : 1));
        }
        String type = one.has("type") ? Json.text(one, "type") : "mpath";
        JsonNode more = one.get("resilient_args");
        String shape = more == null
                ? type
                : type + " buckets " + Json.number(more, "buckets") + " idle_timer " + seconds(more, "idle_timer")
                        + " unbalanced_timer " + seconds(more, "unbalanced_timer");
        return new NexthopGroup(id, shape, members);
    }

    /** ip(8) prints hundredths where there are some. */
    private static String seconds(JsonNode one, String key) {
        JsonNode value = one.path(key);
        return value.isInt() ? Integer.toString(value.intValue()) : value.asText();
    }

    Optional<NexthopGroup> group(@Nullable Integer id) {
        return Optional.ofNullable(id).map(groups::get);
    }

    /** Makes an object of one interface; the ids of IPv6 are odd. */
    static Argv add(Device device) {
        String family = device.id() % 2 == 1 ? "-6" : "-4";
        List<String> words =
                new ArrayList<>(List.of("ip", family, "nexthop", "replace", "id", "" + device.id(), "dev"));
        words.addAll(List.of(device.dev().split(" ")));
        words.addAll(List.of("proto", NexthopGroup.OURS));
        return new Argv(words);
    }

    static Argv delete(int id) {
        return Argv.of("ip", "nexthop", "del", "id", Integer.toString(id));
    }

    /** The same where an interface that was made anew meanwhile may have taken the object along. */
    static Argv deleteIfThere(int id) {
        return Argv.of("sh", "-c", LEFTOVER, "sh", Integer.toString(id));
    }
}
