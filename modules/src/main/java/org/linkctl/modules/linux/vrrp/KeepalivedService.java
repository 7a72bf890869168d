package org.linkctl.modules.linux.vrrp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;

/**
 * The distribution's service of keepalived(8), with what it lacks: without Restart= a daemon that was killed leaves its
 * addresses beside those of the new master. What it has read is noted when it starts and when it reloads, so that a reload
 * that a failure swallowed is still a difference. A change is reloaded; nothing restarts it.
 */
final class KeepalivedService {
    static final String UNIT = "keepalived.service";
    static final String DROP_IN = "/etc/systemd/system/" + UNIT + ".d/linkctl.conf";
    static final String LOADED = "/run/linkctl/vrrp/loaded";
    private static final String AT_BOOT = UNIT + " at boot";
    private static final String AS_READ = UNIT + " as read by systemd";
    private static final Argv RELOAD = Argv.of("systemctl", "reload", UNIT);

    /**
     * After what keeps connections in step: who is master shall know them. A host that a user has drained stays so when it
     * starts.
     */
    private static final String TEXT = """
            %1$s
            [Unit]
            After=linkctl-conntrackd.service
            StartLimitIntervalSec=0

            [Service]
            ExecStartPre=/bin/mkdir -p /run/linkctl/vrrp
            ExecStartPre=/bin/cp %2$s %3$s
            ExecStartPre=/bin/sh -c 'for mark in %4$s/host:*; do [ ! -s "$$mark" ] || echo %6$s >%5$s; done'
            ExecReload=/bin/cp %2$s %3$s
            Restart=always
            RestartSec=100ms
            """.formatted(
            OurFiles.MARK, KeepalivedConf.FILE, LOADED, Scope.HELD, KeepalivedConf.DRAIN, KeepalivedConf.DRAINED);

    /**
     * What was found.
     *
     * @param loaded what it has read
     */
    record Found(
            @Nullable String conf,
            @Nullable String dropIn,
            @Nullable String loaded,
            UnitState state) {
        static final Found NONE = new Found(null, null, null, UnitState.NONE);

        boolean isForeign() {
            return conf != null && !OurFiles.isOurs(conf);
        }
    }

    private KeepalivedService() {}

    static List<Question<?>> questions() {
        return List.of(
                Question.file(KeepalivedConf.FILE),
                Question.file(DROP_IN),
                Question.file(LOADED),
                UnitState.question(UNIT));
    }

    static Found read(Answers answers) {
        return new Found(
                answers.to(Question.file(KeepalivedConf.FILE)).orElse(null),
                answers.to(Question.file(DROP_IN)).orElse(null),
                answers.to(Question.file(LOADED)).orElse(null),
                UnitState.read(UNIT, answers));
    }

    /**
     * Adds what differs.
     *
     * @param text of its configuration; null: it shall not run
     * @param wasOff it was not started at boot before linkctl had it started
     */
    static void diff(List<Change> out, Found have, @Nullable String text, boolean wasOff) {
        OurFiles.diff(out, DROP_IN, have.dropIn(), text == null ? null : TEXT);
        OurFiles.diff(out, KeepalivedConf.FILE, have.conf(), text);
        UnitState state = have.state();
        if (text == null) {
            if (have.loaded() != null) out.add(Change.file(LOADED, have.loaded(), null));
            if (state.isActive()) out.add(Change.state(UNIT, "active", "inactive"));
            if (wasOff && state.isEnabled()) out.add(Change.state(AT_BOOT, "enabled", "disabled"));
            return;
        }
        if (TEXT.equals(have.dropIn()) && state.outdated()) {
            out.add(Change.state(AS_READ, "another than its files", "its files"));
        }
        if (!state.isEnabled()) out.add(Change.state(AT_BOOT, state.atBoot(), "enabled"));
        if (!state.isActive()) out.add(Change.state(UNIT, state.active(), "active"));
        else if (!text.equals(have.loaded())) {
            out.add(Change.state(UNIT, "active, as it was before", "active, as in its file"));
        }
    }

    static List<Step> steps(Found have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() != Change.Kind.FILE || change.after() == null) continue;
            out.add(Step.put(change.subject(), "0644", change.after()));
            // keepalived.conf(5) has keywords that a version does not know: nothing is loaded that it does not take.
            if (change.subject().equals(KeepalivedConf.FILE)) {
                out.add(Step.run("keepalived", "-t", "-f", KeepalivedConf.FILE));
            } else out.add(Step.run(UnitState.RELOAD, UnitState.RELOAD));
        }
        for (Change change : changes) {
            if (change.kind() == Change.Kind.STATE) out.addAll(state(have, change));
        }
        return out;
    }

    private static List<Step> state(Found have, Change change) {
        if (change.is(Change.Kind.STATE, AS_READ)) return List.of(Step.run(UnitState.RELOAD));
        if (change.is(Change.Kind.STATE, AT_BOOT)) {
            return List.of(Step.run(Argv.of("systemctl", "enable", UNIT), Argv.of("systemctl", "disable", UNIT)));
        }
        if (!change.is(Change.Kind.STATE, UNIT)) return List.of();
        if (have.state().isActive()) return List.of(Step.run(RELOAD, RELOAD));
        return List.of(Step.run(Argv.of("systemctl", "start", UNIT), Argv.of("systemctl", "stop", UNIT)));
    }

    static List<Step> removing(Found have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, UNIT))) {
            out.add(Step.run(
                    Argv.of("systemctl", "stop", UNIT), UnitState.RELOAD, Argv.of("systemctl", "start", UNIT)));
        }
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, AT_BOOT))) {
            out.add(Step.run(Argv.of("systemctl", "disable", UNIT), Argv.of("systemctl", "enable", UNIT)));
        }
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
        }
        if (have.dropIn() != null) out.add(Step.run(UnitState.RELOAD, UnitState.RELOAD));
        return out;
    }

    /** What is there and linkctl did not make. */
    static List<String> foreign(Found have) {
        return OurFiles.foreign(DROP_IN, have.dropIn()).stream()
                .filter(Objects::nonNull)
                .toList();
    }
}
