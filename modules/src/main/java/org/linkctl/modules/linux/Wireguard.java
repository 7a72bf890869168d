package org.linkctl.modules.linux;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.SecretRef;
import org.linkctl.modules.linux.WireguardFiles.Fix;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Question;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Published;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * A WireGuard interface and its peer: the file that wg-quick(8) reads, the service that runs it at boot, and what the
 * kernel has now. What runs is changed in place, word by word with wg(8) and ip(8), so that no session is dropped; only
 * an interface that the service did not make has to go before the service can make it.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class Wireguard implements Module<Wireguard.Wanted, Wireguard.Facts> {
    /** A tunnel's end, or that there is none any more. */
    public sealed interface Wanted extends Resource {
        String tunnel();

        @Override
        default String id() {
            return "linux.wireguard[" + tunnel() + "]";
        }
    }

    /**
     * Service, interface and file shall be there no more.
     *
     * @param yields another tunnel wants its port: it cannot wait until nothing is sent over it
     */
    public record Gone(String tunnel, boolean yields) implements Wanted {
        @Override
        public Optional<String> way() {
            return yields ? Optional.empty() : Optional.of(tunnel);
        }
    }

    /**
     * The far end, as seen from here.
     *
     * @param key its public key; null while it is not known
     * @param allowed what may come from it and goes to it: the tunnel's own prefixes, and the LANs of the far sites
     * @param endpoint address or name, and port; null where it calls us
     * @param keepalive seconds; null: none are sent
     */
    public record Peer(
            String host,
            @Nullable String key,
            List<Cidr> allowed,
            @Nullable String endpoint,
            @Nullable Integer keepalive) {
        public Peer {
            allowed = List.copyOf(allowed);
        }
    }

    /**
     * The near end.
     *
     * @param fabric whose tunnel it is
     * @param renewal null where the private key may stay
     * @param psk what is wanted of the file with the pre-shared key
     * @param routes the labels of the routes that go over the tunnel
     * @param farAddresses the peer's addresses on the tunnel, for {@code linkctl verify}
     * @param needs what has to be in place before
     */
    public record Want(
            String fabric,
            String tunnel,
            int port,
            List<Cidr> addresses,
            int mtu,
            Peer peer,
            WireguardKey.@Nullable Renewal renewal,
            WireguardPsk.Want psk,
            List<String> routes,
            List<Ip> farAddresses,
            Set<String> needs)
            implements Wanted {
        public Want {
            addresses = List.copyOf(addresses);
            routes = List.copyOf(routes);
            farAddresses = List.copyOf(farAddresses);
            needs = Set.copyOf(needs);
        }

        @Override
        public Set<String> provides() {
            return Set.of("interface:" + tunnel, "tunnel:" + tunnel);
        }

        @Override
        public Optional<String> way() {
            return Optional.of(tunnel);
        }

        @Override
        public List<String> unknowns() {
            List<String> out = new ArrayList<>(psk.unknowns());
            if (peer.key() == null) out.add("the public key of " + tunnel + " on " + peer.host());
            return List.copyOf(out);
        }

        @Override
        public List<SecretRef> secrets() {
            return psk.secrets();
        }

        @Override
        public Set<String> partners() {
            Set<String> out = new LinkedHashSet<>(psk.partners());
            if (renewal != null) out.add(renewal.far());
            return Set.copyOf(out);
        }

        boolean usesPsk() {
            return psk.role() != WireguardPsk.Role.NONE;
        }
    }

    /**
     * What was found.
     *
     * @param access rights and owner of the file; null where there is none
     * @param conf the file's text; null where there is none
     * @param device null where there is no interface of that name
     */
    public record Facts(
            @Nullable String access,
            @Nullable String conf,
            WireguardService.State service,
            @Nullable WireguardDevice device,
            WireguardKey.Facts key,
            WireguardPsk.Facts psk) {}

    private static final WireguardKey.Facts NO_KEY = new WireguardKey.Facts(null, false, null, null);
    private static final WireguardPsk.Facts NO_PSK = new WireguardPsk.Facts(null, null);

    @Override
    public String name() {
        return "linux.wireguard";
    }

    @Override
    public List<Wanted> want(Scope scope) {
        if (scope.host().os() != Os.LINUX) return List.of();
        return scope.fabric().tunnels(scope.host()).stream()
                .<Wanted>map(tunnel -> WireguardEnd.of(scope, tunnel))
                .toList();
    }

    @Override
    public List<Question> probe(Wanted want) {
        Set<Question> out = new LinkedHashSet<>();
        out.add(WireguardFiles.access(WireguardFiles.conf(want.tunnel())));
        out.add(WireguardConf.question(want.tunnel()));
        out.addAll(WireguardService.questions(want.tunnel()));
        out.addAll(WireguardDevice.questions(want.tunnel()));
        if (want instanceof Want made) {
            out.addAll(WireguardKey.questions(want.tunnel()));
            out.addAll(WireguardPsk.questions(made.psk()));
        }
        return List.copyOf(out);
    }

    @Override
    public Facts facts(Wanted want, Answers answers) {
        String access = WireguardFiles.access(WireguardFiles.conf(want.tunnel()), answers);
        return new Facts(
                access,
                access == null ? null : WireguardConf.read(want.tunnel(), answers),
                WireguardService.read(want.tunnel(), answers),
                WireguardDevice.read(want.tunnel(), answers),
                want instanceof Want ? WireguardKey.facts(want.tunnel(), answers) : NO_KEY,
                want instanceof Want made ? WireguardPsk.read(made.psk(), answers) : NO_PSK);
    }

    @Override
    public Facts bare(Wanted want) {
        return new Facts(null, null, WireguardService.State.NONE, null, NO_KEY, NO_PSK);
    }

    @Override
    public List<Change> diff(Wanted want, Facts have) {
        return Fix.changes(fixes(want, have));
    }

    @Override
    public boolean exists(Wanted want, Facts have) {
        return have.device() != null && have.device().refusal() == null;
    }

    @Override
    public List<Step> steps(Wanted want, Facts have, List<Change> changes) {
        return !changes.isEmpty() && want.unknowns().isEmpty() ? Fix.steps(fixes(want, have)) : List.of();
    }

    private static List<Fix> fixes(Wanted wanted, Facts have) {
        return switch (wanted) {
            case Want want -> fixes(want, have);
            case Gone gone -> WireguardGone.fixes(gone.tunnel(), have);
        };
    }

    @Override
    public Optional<Memory> memory(Wanted wanted, Facts have, Optional<Memory> before) {
        return wanted instanceof Want want
                ? Optional.of(Memory.OWNED.with("port", Integer.toString(want.port())))
                : Optional.empty();
    }

    @Override
    public Optional<Wanted> absent(Scope scope, Owned owned) {
        return Optional.of(WireguardGone.of(scope, owned));
    }

    @Override
    public List<String> adopts(Wanted want, Facts have) {
        return WireguardGone.adopts(want.tunnel(), have);
    }

    /** The file first: whatever happens then, the next boot brings up what is wanted. */
    private static List<Fix> fixes(Want want, Facts have) {
        List<Fix> out = new ArrayList<>();
        String path = WireguardFiles.conf(want.tunnel());
        String text = WireguardConf.text(want);
        if (text.equals(have.conf())) out.addAll(WireguardFiles.accessFixes(path, have.access()));
        else out.add(new Fix(Change.file(path, have.conf(), text), Step.put(path, "0600", text)));
        WireguardDevice device = have.device();
        out.addAll(WireguardService.fixes(want.tunnel(), have.service(), device));
        if (device != null && have.service().keepsInterface()) out.addAll(WireguardLive.fixes(want, have, device));
        return out;
    }

    /** The far end of a given pre-shared key follows alone once this one uses it. */
    @Override
    public Published.Values publish(Wanted wanted, Facts have) {
        Secret secret = have.psk().secret();
        return wanted instanceof Want want
                        && want.psk().role() == WireguardPsk.Role.GIVEN
                        && secret != null
                        && have.device() != null
                        && have.device().usesPskOfFile()
                ? Published.Values.of(WireguardFiles.publishedUse(want.tunnel()), secret.line())
                : Published.Values.NONE;
    }

    @Override
    public List<Question> examine(Wanted wanted) {
        return wanted instanceof Want want ? WireguardHealth.questions(want) : List.of();
    }

    @Override
    public List<Finding> findings(Wanted wanted, Facts have, Answers answers) {
        return wanted instanceof Want want ? WireguardHealth.findings(want, have, answers) : List.of();
    }
}
