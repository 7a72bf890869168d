package org.linkctl.modules.linux;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.linux.WireguardFiles.Fix;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Question;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
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
public final class Wireguard implements Module<Wireguard.Want, Wireguard.Facts> {
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
            WireguardPsk.Want psk,
            List<String> routes,
            List<Ip> farAddresses,
            Set<String> needs)
            implements Resource {
        public Want {
            addresses = List.copyOf(addresses);
            routes = List.copyOf(routes);
            farAddresses = List.copyOf(farAddresses);
            needs = Set.copyOf(needs);
        }

        @Override
        public String id() {
            return "linux.wireguard[" + tunnel + "]";
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
            return psk.partners();
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

    @Override
    public String name() {
        return "linux.wireguard";
    }

    @Override
    public List<Want> want(Scope scope) {
        if (scope.host().os() != Os.LINUX) return List.of();
        return scope.fabric().tunnels(scope.host()).stream()
                .map(tunnel -> want(scope, tunnel))
                .toList();
    }

    private static Want want(Scope scope, Tunnel tunnel) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        Tunnel.End near = tunnel.endOn(host.name());
        Tunnel.End far = tunnel.farFrom(host.name());
        List<Route> routes = fabric.routes(host).stream()
                .filter(route -> route.via().contains(tunnel.name()))
                .toList();
        Set<Cidr> allowed = new LinkedHashSet<>();
        for (Cidr address : near.addresses()) allowed.add(address.network());
        for (Route route : routes) allowed.addAll(fabric.farLans(route, host));
        String key = scope.published()
                .plain(far.host(), WireguardFiles.publishedKey(tunnel.name()))
                .orElse(null);
        String endpoint = far.endpoint() == null ? null : endpoint(far.endpoint(), far.port());
        return new Want(
                fabric.name(),
                tunnel.name(),
                near.port(),
                near.addresses(),
                tunnel.effectiveMtu(),
                new Peer(far.host(), key, List.copyOf(allowed), endpoint, tunnel.keepalive()),
                WireguardPsk.want(scope, tunnel),
                routes.stream().map(Route::label).toList(),
                far.addresses().stream().map(Cidr::address).toList(),
                needs(fabric, host, tunnel.name()));
    }

    /** IPv6 addresses stand in brackets (wg(8), "endpoint"). */
    private static String endpoint(String host, int port) {
        return Ip.parse(host).filter(Ip::isV6).map(ip -> "[" + ip + "]").orElse(host) + ":" + port;
    }

    private static Set<String> needs(Fabric fabric, Host host, String tunnel) {
        Set<String> out = new LinkedHashSet<>(List.of(
                "package:wireguard-tools",
                "wireguard-key:" + tunnel,
                "wireguard-psk:" + tunnel,
                WireguardUndeclared.PROVIDES));
        fabric.bonds(host).forEach(bond -> out.addAll(carrier(bond.name())));
        fabric.nics(host).forEach(nic -> out.addAll(carrier(nic.name())));
        return out;
    }

    private static List<String> carrier(String name) {
        return List.of("interface:" + name, "address:" + name);
    }

    @Override
    public List<Question> probe(Want want) {
        Set<Question> out = new LinkedHashSet<>();
        out.add(WireguardFiles.access(WireguardFiles.conf(want.tunnel())));
        out.add(WireguardConf.question(want.tunnel()));
        out.addAll(WireguardService.questions(want.tunnel()));
        out.addAll(WireguardDevice.questions(want.tunnel()));
        out.addAll(WireguardKey.questions(want.tunnel()));
        out.addAll(WireguardPsk.questions(want.psk()));
        return List.copyOf(out);
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        String access = WireguardFiles.access(WireguardFiles.conf(want.tunnel()), answers);
        return new Facts(
                access,
                access == null ? null : WireguardConf.read(want.tunnel(), answers),
                WireguardService.read(want.tunnel(), answers),
                WireguardDevice.read(want.tunnel(), answers),
                WireguardKey.facts(want.tunnel(), answers),
                WireguardPsk.read(want.psk(), answers));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(
                null,
                null,
                WireguardService.State.NONE,
                null,
                new WireguardKey.Facts(null, false, null, null),
                new WireguardPsk.Facts(null, null));
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        return Fix.changes(fixes(want, have));
    }

    @Override
    public boolean exists(Want want, Facts have) {
        return have.device() != null && have.device().refusal() == null;
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return !changes.isEmpty() && want.unknowns().isEmpty() ? Fix.steps(fixes(want, have)) : List.of();
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
    public Published.Values publish(Want want, Facts have) {
        Secret secret = have.psk().secret();
        WireguardDevice device = have.device();
        boolean used = device != null
                && !device.peers().isEmpty()
                && device.peers().stream().allMatch(peer -> peer.psk() == WireguardDevice.Psk.OF_FILE);
        return want.psk().role() == WireguardPsk.Role.GIVEN && secret != null && used
                ? Published.Values.of(WireguardFiles.publishedUse(want.tunnel()), secret.line())
                : Published.Values.NONE;
    }

    @Override
    public List<Question> examine(Want want) {
        return WireguardHealth.questions(want);
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        return WireguardHealth.findings(want, have, answers);
    }
}
