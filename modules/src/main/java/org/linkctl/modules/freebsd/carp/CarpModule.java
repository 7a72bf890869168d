package org.linkctl.modules.freebsd.carp;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Vip;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Fingerprints;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Drainable;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Existing;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Module;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Role;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * The addresses that the master of a pair holds (carp(4)): live, and in a file of ours that rc.d/netif reads. The
 * password has a file of its own that root alone may read. ifconfig(8) takes it as a word and in no other way: while
 * that runs, here as at every boot, whoever sees root's processes sees it (security.bsd.see_other_uids).
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class CarpModule
        implements Examined<CarpModule.Want, CarpModule.Facts>,
                Publishes<CarpModule.Want, CarpModule.Facts>,
                Existing<CarpModule.Want, CarpModule.Facts>,
                Drainable<CarpModule.Want, CarpModule.Facts>,
                Rendered<CarpModule.Want, CarpModule.Facts>,
                Imported {
    private static final String FILE = "/etc/rc.conf.d/netif/linkctl-carp";
    private static final Question.ReadFile WRITTEN = Question.file(FILE);
    private static final Question.Command LOADER =
            Question.command("sysrc", "-i", "-f", "/boot/loader.conf", "carp_load");
    private static final String LOADER_SUBJECT = "loader.conf carp_load";
    private static final int BACKUP_SKEW = 100;

    /**
     * CARP_KEY_LEN is 20 (netinet/ip_carp.h), and what is longer is cut in silence; a blank within would end the word. What
     * is shorter than four stands in too many texts to be taken out of what a host says.
     */
    private static final Pattern PASSWORD = Pattern.compile("\\s*[A-Za-z0-9]{4,20}\\s*");

    /**
     * What a host shall hold.
     *
     * @param passwords by their file; one that is not known yet is not there
     * @param peer null: there is no vip
     * @param hostRole what its host is now
     */
    public record Want(
            List<CarpVip> vips,
            Map<String, Secret> passwords,
            Fingerprints fingerprints,
            CarpHealth.@Nullable Peer peer,
            Optional<Role> hostRole)
            implements Resource {
        @Override
        public Set<String> spreads() {
            return peer == null ? Set.of() : Set.of(Resource.through(peer.self()));
        }

        @Override
        public String id() {
            return "freebsd.carp";
        }

        @Override
        public Set<String> provides() {
            return Set.of("kernel-module:carp");
        }

        @Override
        public Set<String> needs() {
            return vips.stream().map(vip -> "address:" + vip.device()).collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public List<SecretRef> secrets() {
            return vips.stream().map(CarpVip::password).distinct().toList();
        }

        @Override
        public List<String> unknowns() {
            return vips.stream()
                    .filter(vip -> !passwords.containsKey(vip.path()))
                    .map(vip -> "what " + vip.password() + " says")
                    .distinct()
                    .toList();
        }

        @Nullable
        String text() {
            if (vips.isEmpty()) return null;
            return OurFiles.MARK + "\n" + vips.stream().map(CarpVip::text).collect(Collectors.joining());
        }
    }

    /**
     * What was found.
     *
     * @param passwords by their file; those that are not there are missing
     * @param loader whether carp is loaded at boot; null: nothing is said
     */
    public record Facts(
            Ifconfig links,
            @Nullable String file,
            Map<String, Secret> passwords,
            @Nullable String loader) {}

    @Override
    public String name() {
        return "freebsd.carp";
    }

    @Override
    public Os system() {
        return Os.FREEBSD;
    }

    @Override
    public List<Want> want(Scope scope) {
        Host host = scope.host();
        Map<String, Secret> passwords = new LinkedHashMap<>();
        List<CarpVip> vips = new ArrayList<>();
        String through = Resource.through(host.name());
        boolean yielding = scope.drained().contains(through);
        boolean held = scope.held().contains(through);
        for (Vip vip : scope.fabric().of(Vip.class, host)) {
            SecretRef ref = vip.password();
            if (ref == null) continue; // only in data that the checks refuse
            int skew = skew(scope.fabric(), host, vip);
            CarpVip one = new CarpVip(vip.id(), vip.on(), vip.addresses(), vip.seconds(), skew, ref, yielding, held);
            vips.add(one);
            scope.secrets()
                    .of(ref, PASSWORD, "4 to 20 letters and digits")
                    .map(Secret::line)
                    .ifPresent(secret -> passwords.put(one.path(), secret));
        }
        return List.of(new Want(
                vips, passwords, scope.secrets().fingerprints(), CarpHealth.peer(scope), CarpHealth.role(scope, vips)));
    }

    /** Whoever advertises more often is master (carp(4)). */
    private static int skew(Fabric fabric, Host host, Vip vip) {
        return host.name().equals(vip.preferred(fabric)) ? 0 : BACKUP_SKEW;
    }

    private static Question.ReadSecret password(CarpVip vip) {
        return Question.secret(vip.path());
    }

    @Override
    public List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(List.of(Ifconfig.question(), WRITTEN, LOADER));
        want.vips().forEach(vip -> out.add(password(vip)));
        return out;
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        Map<String, Secret> passwords = new LinkedHashMap<>();
        for (CarpVip vip : want.vips()) {
            answers.to(password(vip)).ifPresent(secret -> passwords.put(vip.path(), secret));
        }
        String file = answers.to(WRITTEN).orElse(null);
        if (file != null && !OurFiles.isOurs(file)) throw new Refused(FILE + " is somebody else's; move it away");
        return new Facts(Ifconfig.read(answers), file, passwords, loader(answers.to(LOADER)));
    }

    private static @Nullable String loader(Answer.Output output) {
        String prefix = "carp_load: ";
        if (output.exit() == 1 && output.stdout().isEmpty() && output.stderr().isEmpty()) return null;
        if (!output.ok() || !output.stdout().startsWith(prefix)) {
            throw new UnreadableFacts("sysrc of loader.conf: " + (output.stdout() + output.stderr()).strip());
        }
        return output.stdout().substring(prefix.length()).strip();
    }

    @Override
    public Facts bare(Want want) {
        Map<String, Ifconfig.Device> links = new LinkedHashMap<>();
        want.vips().forEach(vip -> links.put(vip.device(), Ifconfig.Device.plain(vip.device())));
        return new Facts(new Ifconfig(links), null, Map.of(), null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        if (!want.vips().isEmpty() && !"YES".equals(have.loader())) {
            out.add(Change.state(LOADER_SUBJECT, have.loader(), "YES"));
        }
        for (CarpVip vip : want.vips()) {
            password(out, want, have, vip);
            vip.diff(out, have.links());
        }
        gone(want, have).forEach(vip -> vip.removal(out, have.links()));
        String text = want.text();
        String file = have.file();
        if (text == null ? file != null : !text.equals(file)) out.add(Change.file(FILE, file, text));
        return out;
    }

    private static void password(List<Change> out, Want want, Facts have, CarpVip vip) {
        Secret wanted = want.passwords().get(vip.path());
        Secret found = have.passwords().get(vip.path());
        if (wanted != null && found != null && wanted.equals(found)) return;
        String before = found == null ? null : shown(want, found);
        String after = wanted == null ? Change.UNKNOWN + "\n" : shown(want, wanted);
        out.add(Change.file(vip.path(), before, after));
    }

    private static String shown(Want want, Secret secret) {
        return want.fingerprints().show(secret) + "\n";
    }

    /** What our file declares and nothing asks for any more. */
    private static List<CarpVip> gone(Want want, Facts have) {
        return CarpVip.declared(have.file()).stream()
                .filter(vip -> want.vips().stream().noneMatch(vip::isSame))
                .toList();
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) file(want, change, out);
            else if (change.subject().equals(LOADER_SUBJECT)) {
                out.add(Step.run(loaderSet("YES"), loaderSet(change.before())));
            }
        }
        if (want.vips().stream().anyMatch(vip -> !vip.runs(have.links()))) out.add(Step.run("kldload", "-n", "carp"));
        for (CarpVip vip : gone(want, have)) vip.remove(out, have.links());
        for (CarpVip vip : want.vips()) {
            boolean rekeyed = changes.stream().anyMatch(change -> change.is(Change.Kind.FILE, vip.path()));
            vip.steps(out, have.links(), rekeyed);
        }
        return out;
    }

    private static void file(Want want, Change change, List<Step> out) {
        String after = change.after();
        Secret password = want.passwords().get(change.subject());
        if (after == null) out.add(new Step.RemoveFile(change.subject()));
        else if (password != null) out.add(new Step.PutFile(change.subject(), "0600", Content.of(password)));
        else out.add(Step.put(change.subject(), "0644", after));
    }

    private static Argv loaderSet(@Nullable String value) {
        if (value == null) return Argv.of("sysrc", "-f", "/boot/loader.conf", "-x", "carp_load");
        return Argv.of("sysrc", "-f", "/boot/loader.conf", "carp_load=" + value);
    }

    /** Who is master changes by itself, and while roles are found: that is no measure of what a change did. */
    @Override
    public boolean exists(Want want, Facts have) {
        return false;
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        return new Published.Values(CarpHealth.told(want.vips(), have.links()), Map.of());
    }

    /** The other host counts where it is known to take over. */
    @Override
    public List<Shared> shared(Want want, Facts have, Answers answers) {
        CarpHealth.Peer peer = want.peer();
        if (peer == null) return List.of();
        Set<String> declared = Set.of(Resource.through(peer.self()), Resource.through(peer.peer()));
        Set<String> usable = new LinkedHashSet<>();
        if (want.vips().stream().noneMatch(CarpVip::yielding)) usable.add(Resource.through(peer.self()));
        if (peer.stands(want.vips())) usable.add(Resource.through(peer.peer()));
        return want.vips().stream()
                .map(vip -> new Shared(vip.subject(), declared, usable))
                .toList();
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return want.vips().isEmpty() ? List.of() : CarpHealth.questions(want.peer());
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        return want.vips().isEmpty() ? List.of() : CarpHealth.findings(want.vips(), want.peer(), have.links(), answers);
    }

    @Override
    public List<Question<?>> importing() {
        return CarpFound.questions();
    }

    @Override
    public List<Found> found(Answers answers) {
        return CarpFound.read(answers);
    }
}
