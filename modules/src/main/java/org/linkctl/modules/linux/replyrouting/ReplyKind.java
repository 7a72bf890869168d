package org.linkctl.modules.linux.replyrouting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.marks.Numbers;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.shell.ShellTemplate;

/**
 * What tells the ways of one module from those of another.
 *
 * @param name of the service, its program, its table of nftables, and their files
 * @param description of the service
 * @param numbers the first of those of marks and routing tables ({@link Numbers})
 * @param leading priorities of the rules that lead to those tables
 * @param others of the other rules: by priority, how their words end
 * @param terse what nftables itself adds to a set of the table is no difference
 * @param program keeps marks, rules and routes: {@code load}, {@code run}, {@code clear}
 */
public record ReplyKind(
        String name,
        String description,
        int numbers,
        Set<Integer> leading,
        Map<Integer, String> others,
        boolean terse,
        ShellTemplate program) {
    public ReplyKind {
        leading = Set.copyOf(leading);
        others = Map.copyOf(others);
    }

    public String unit() {
        return "linkctl-" + name + ".service";
    }

    String path() {
        return "/usr/local/lib/linkctl/keep-" + name;
    }

    private String run() {
        return "/run/linkctl-" + name;
    }

    public OwnTable table() {
        return new OwnTable("linkctl_" + name.replace('-', '_'), run() + "/marks", terse);
    }

    /** nftables.service flushes every table when it starts, reloads and stops: this one follows it in all of them. */
    private String unitText() {
        return """
            %1$s
            [Unit]
            Description=linkctl: %2$s
            After=network.target nftables.service
            PartOf=nftables.service
            ReloadPropagatedFrom=nftables.service
            StartLimitIntervalSec=0

            [Service]
            ExecStartPre=%3$s load
            ExecStart=%3$s run
            ExecReload=%3$s load
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target nftables.service
            """.formatted(OurFiles.MARK, description, path());
    }

    /** Whatever comes before is for others to say. */
    public int first() {
        return Collections.min(priorities());
    }

    public int last() {
        return Collections.max(priorities());
    }

    private Set<Integer> priorities() {
        Set<Integer> out = new TreeSet<>(leading);
        out.addAll(others.keySet());
        return out;
    }

    /** Whether a routing table, as ip-route(8) shows it, is one of these. */
    public boolean isTable(String table) {
        return Numbers.isIn(numbers, table);
    }

    /** Whether a rule leads to such a table. */
    public boolean leads(IpRule rule) {
        return isTable(rule.last());
    }

    /** Those of this kind. */
    public Set<IpRule> among(Collection<IpRule> all) {
        return all.stream().filter(this::isOurs).collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isOurs(IpRule rule) {
        if (leading.contains(rule.priority())) return leads(rule);
        String end = others.get(rule.priority());
        return end != null && rule.words().endsWith(end);
    }

    /** @param marks the text of the table of nftables */
    KeptService service(List<? extends ReplyWay> ways, String marks) {
        String file = "/etc/linkctl/nftables/" + name + ".nft";
        String unit = UnitState.path(unit());
        return new KeptService(
                unit(),
                run() + "/started",
                List.of(
                        new KeptService.KeptFile(path(), "0755", program(ways, file, unit)),
                        new KeptService.KeptFile(file, "0644", marks),
                        new KeptService.KeptFile(unit, "0644", unitText())));
    }

    private String program(List<? extends ReplyWay> ways, String marks, String unit) {
        return program.lines("MARK", List.of(OurFiles.MARK))
                .word("MARKS", marks)
                .word("UNITFILE", unit)
                .word("RUN", run())
                .word("UPPER", Integer.toString(numbers >> 16))
                .lines("ROUTES", ways.stream().map(ReplyKind::line).toList())
                .lines("RULES", rules(ways).stream().map(IpRule::line).toList())
                .text();
    }

    private static String line(ReplyWay way) {
        return "\"$1\" " + (way.v6() ? "-6 " : "-4 ") + way.table() + " " + way.line();
    }

    static List<IpRule> rules(List<? extends ReplyWay> ways) {
        List<IpRule> out = new ArrayList<>();
        ways.forEach(way -> out.addAll(way.rules()));
        return out.stream().distinct().sorted().toList();
    }
}
