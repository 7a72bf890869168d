package org.linkctl.modules.freebsd.carpactions;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Vip;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.vip.VipState;
import org.linkctl.shell.Argv;

/** The script that runs the inventory's programs, and the one by which rc(8) runs it at boot. POSIX sh. */
final class CarpActionsScript {
    static final String RC = "/usr/local/etc/rc.d/linkctl_carp_actions";
    private static final String NOTES = "/var/run/linkctl/carp";

    private static final String SCRIPT = """
            #!/bin/sh
            @MARK@
            # Runs the inventory's programs when this host has become MASTER or BACKUP of a vhid, one at a time. It looks at
            # what carp(4) says now, and at what was run last, however often it is run: by devd(8) when a state changes, at
            # boot, by linkctl and by hand. What failed is run again the next time.
            # usage: carp-actions [settle | boot | VHID@INTERFACE STATE]
            PATH=/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin
            export PATH
            vips='@VIPS@'
            notes=@NOTES@
            patience=@PATIENCE@
            role= # what look has found

            actions() { # actions INTERFACE/VHID/ROLE FUNCTION: the words of each, in order
                case $1 in
            @ACTIONS@
                esac
            }

            look() { # look INTERFACE VHID: sets the role
                case $(ifconfig "$1" 2>/dev/null) in
                    *"carp: MASTER vhid $2 "*) role=MASTER ;;
                    *"carp: BACKUP vhid $2 "* | *"carp: INIT vhid $2 "*) role=BACKUP ;; # down: the other one is master
                    *) role= ;;
                esac
            }

            undecided() { # is a vhid not master here, as it may still become?
                local vip
                for vip in $vips; do
                    look "${vip%/*}" "${vip#*/}"
                    [ "$role" = MASTER ] || return 0
                done
                return 1
            }

            tell() {
                printf '%s\\n' "$*"
            }

            act() { # a program that hangs would keep all others waiting
                local ended
                if timeout -k 5 @LIMIT@ "$@" </dev/null >"$notes/said" 2>&1; then
                    ended=done
                else
                    ended="ended with $?"
                    failed=1
                    echo "$*: $ended" >&2
                fi
                logger -t linkctl-carp-actions "$role of $vip: $*: $ended $(head -c 400 "$notes/said" | tr '\\n' ' ')"
            }

            case $1 in
                locked) ;;
                settle)
                    while [ $patience -gt 0 ] && undecided; do
                        sleep 1
                        patience=$((patience - 1))
                    done
                    exec "$0"
                    ;;
                boot | *@*) # while a host boots, it is run once the daemons are up; neither rc nor devd waits for it
                    [ "$1" = boot ] || [ -e $notes/booted ] || exit 0
                    "$0" </dev/null >/dev/null 2>&1 &
                    exit
                    ;;
                *) exec lockf -k /var/run/linkctl-carp-actions.lock "$0" locked ;;
            esac

            mkdir -p $notes && : >$notes/booted || exit
            all=0
            for vip in $vips; do
                look "${vip%/*}" "${vip#*/}"
                [ -n "$role" ] || continue
                note=$notes/${vip%/*}-${vip#*/}
                wanted=$(echo $role; actions "$vip/$role" tell)
                [ "$wanted" != "$(cat "$note" 2>/dev/null)" ] || continue
                failed=0
                actions "$vip/$role" act
                if [ $failed = 0 ]; then tell "$wanted" >"$note"; else rm -f "$note"; all=1; fi
            done
            exit $all
            """;

    private static final String RC_SCRIPT = """
            #!/bin/sh
            @MARK@
            # PROVIDE: linkctl_carp_actions
            # REQUIRE: DAEMON devd
            . /etc/rc.subr

            name=linkctl_carp_actions
            desc="What a pair's master and backup run"
            start_cmd="@PATH@ boot"
            stop_cmd=:

            load_rc_config $name
            run_rc_command "$1"
            """;

    /** Seconds. What takes longer, as a daemon does, has to go into the background by itself. */
    private static final int LIMIT = 60;

    private CarpActionsScript() {}

    /** The file that says what was run last for a vhid. */
    static String note(Vip vip) {
        return NOTES + "/" + vip.on() + "-" + vip.id();
    }

    /** What stands there once everything was run that a host has to run as this. */
    static String noted(Vip vip, Vip.Role role) {
        return Stream.concat(
                        Stream.of(role.name()),
                        vip.actions().stream()
                                .filter(action -> action.role() == role)
                                .map(action -> String.join(" ", words(action))))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> words(Vip.Action action) {
        return Stream.concat(Stream.of(action.program()), action.arguments().stream())
                .toList();
    }

    /** Null where there is nothing to run. */
    static @Nullable String script(List<Vip> vips) {
        if (vips.isEmpty()) return null;
        return SCRIPT.replace("@MARK@", OurFiles.MARK)
                .replace("@VIPS@", vips.stream().map(CarpActionsScript::named).collect(Collectors.joining(" ")))
                .replace("@NOTES@", NOTES)
                .replace("@LIMIT@", Integer.toString(LIMIT))
                .replace(
                        "@PATIENCE@",
                        Integer.toString(VipState.patience(vips.stream().map(Vip::interval))))
                .replace(
                        "@ACTIONS@",
                        vips.stream().map(CarpActionsScript::actions).collect(Collectors.joining("\n")));
    }

    private static String named(Vip vip) {
        return vip.on() + "/" + vip.id();
    }

    private static String actions(Vip vip) {
        return Stream.of(Vip.Role.values())
                .filter(role -> vip.actions().stream().anyMatch(action -> action.role() == role))
                .map(role -> "        " + named(vip) + "/" + role + ")\n" + calls(vip, role) + "            ;;")
                .collect(Collectors.joining("\n"));
    }

    private static String calls(Vip vip, Vip.Role role) {
        return vip.actions().stream()
                .filter(action -> action.role() == role)
                .map(action -> "            \"$2\" " + new Argv(words(action)).render() + "\n")
                .collect(Collectors.joining());
    }

    static @Nullable String rc(List<Vip> vips) {
        if (vips.isEmpty()) return null;
        return RC_SCRIPT.replace("@MARK@", OurFiles.MARK).replace("@PATH@", Programs.CARP_ACTIONS);
    }
}
