package org.linkctl.modules.linux.policyrules;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Everything;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.iprules.IpRule;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.ShellTemplate;
import org.linkctl.shell.Step;

/**
 * The service that sets the rules before there is a network, and again whenever they are taken away. systemd-networkd
 * removes rules that are not in its own files when it starts (networkd.conf(5), ManageForeignRoutingPolicyRules=), but for
 * those of the protocol {@code kernel} (networkd-routing-policy-rule.c, manager_drop_routing_policy_rules_internal).
 */
final class PolicyRulesService {
    static final String UNIT = "linkctl-policy-rules.service";
    static final String PATH = "/usr/local/lib/linkctl/keep-rules";
    private static final String RUN = "/run/linkctl-policy-rules";
    private static final ShellTemplate PROGRAM = ShellFile.of(PolicyRulesService.class, "keep-rules.sh");

    private static final String UNIT_TEXT = """
            %1$s
            [Unit]
            Description=linkctl: keeps rules by which packets go over tunnels
            DefaultDependencies=no
            After=local-fs.target
            Wants=network-pre.target
            Before=network-pre.target shutdown.target
            Conflicts=shutdown.target
            StartLimitIntervalSec=0

            [Service]
            ExecStartPre=%2$s load
            ExecStart=%2$s run
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target
            """.formatted(OurFiles.MARK, PATH);

    private PolicyRulesService() {}

    static KeptService of(List<IpRule> rules) {
        return new KeptService(
                UNIT,
                RUN + "/started",
                List.of(
                        new KeptService.KeptFile(PATH, "0755", program(rules)),
                        new KeptService.KeptFile(UnitState.path(UNIT), "0644", UNIT_TEXT)));
    }

    private static String program(List<IpRule> rules) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .word("UNITFILE", UnitState.path(UNIT))
                .word("RUN", RUN)
                .word("UPPER", Integer.toString(Everything.FIRST_TABLE >> 16))
                .lines("RULES", rules.stream().map(IpRule::line).toList())
                .text();
    }

    /** A rule, and what is left in the table that it leads to. */
    static List<Step> removal(IpRule rule) {
        List<Step> out = new ArrayList<>(List.of(rule.removal()));
        PolicyRules.table(rule)
                .ifPresent(table -> out.add(Step.run("ip", rule.family(), "route", "flush", "table", table)));
        return out;
    }
}
