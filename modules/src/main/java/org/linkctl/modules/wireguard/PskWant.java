package org.linkctl.modules.wireguard;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.Psk;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.shell.Fingerprints;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Scope;

/**
 * The file of a tunnel's pre-shared key.
 *
 * @param maker the host of the tunnel's first end
 * @param secret what that host told, or the user's secret; null while it is not known, and at the maker itself
 * @param given null unless it is a secret of the user's
 * @param outworn at the maker, what it shall not be any more; null where it may stay
 * @param far where there shall be none, the host of the other end that still uses one; null: none does
 * @param clones what is wrong with the key that the maker told; empty: nothing
 */
public record PskWant(
        Os os,
        String tunnel,
        Role role,
        String maker,
        @Nullable Secret secret,
        @Nullable Given given,
        @Nullable Renewal outworn,
        @Nullable String far,
        List<String> clones)
        implements KeyFile {
    static final String KIND = "wireguard-psk";

    /** What this host has to do with the key. */
    public enum Role {
        /** It makes the key and tells it to the other end. */
        MAKES,
        /** It installs what the other end made. */
        RECEIVES,
        /** It installs a secret of the user's, as the other end does. */
        GIVEN,
        /** The tunnel has no pre-shared key. */
        NONE
    }

    /**
     * What is wanted of a secret of the user's.
     *
     * @param far the host of the other end
     * @param farHasIt the other end uses it already, or is not logged in to, so that this one may follow alone
     */
    public record Given(SecretRef ref, String far, boolean farHasIt, Fingerprints fingerprints) {
        String show(Secret secret) {
            return fingerprints.show(secret.line());
        }
    }

    /** A key that shall be made anew, on both ends in one run. */
    public record Renewal(Secret outworn, String far) {}

    public PskWant {
        clones = List.copyOf(clones);
    }

    static PskWant of(Scope scope, Tunnel tunnel) {
        String maker = tunnel.ends().getFirst().host();
        return switch (tunnel.psk()) {
            case Psk.None() -> none(scope, tunnel);
            case Psk.Made() -> made(scope, tunnel, maker);
            case Psk.Given(SecretRef ref) -> given(scope, tunnel, maker, ref);
        };
    }

    static PskWant none(Os os, String tunnel) {
        return new PskWant(os, tunnel, Role.NONE, "", null, null, null, null, List.of());
    }

    private static PskWant none(Scope scope, Tunnel tunnel) {
        Tunnel.End end = tunnel.farFrom(scope.host().name());
        String far = end.host();
        FarView view = FarView.understood(FarView.told(scope, far, tunnel.name()));
        String using = end.unmanaged() != null || (view != null && view.usesNoPsk()) ? null : far;
        return new PskWant(scope.host().os(), tunnel.name(), Role.NONE, "", null, null, null, using, List.of());
    }

    private static PskWant made(Scope scope, Tunnel tunnel, String maker) {
        String name = WireguardFiles.publishedPsk(tunnel.name());
        List<String> clones = Clones.psk(scope, tunnel);
        if (maker.equals(scope.host().name())) {
            Secret outworn = scope.secrets().outworn().hidden(maker, name).orElse(null);
            Renewal renewal = outworn == null
                    ? null
                    : new Renewal(outworn, tunnel.farFrom(maker).host());
            return new PskWant(scope.host().os(), tunnel.name(), Role.MAKES, maker, null, null, renewal, null, clones);
        }
        Secret told = scope.published().hidden(maker, name).map(Secret::line).orElse(null);
        return new PskWant(scope.host().os(), tunnel.name(), Role.RECEIVES, maker, told, null, null, null, clones);
    }

    private static PskWant given(Scope scope, Tunnel tunnel, String maker, SecretRef ref) {
        Tunnel.End end = tunnel.farFrom(scope.host().name());
        String far = end.host();
        Secret secret = scope.secrets()
                .of(ref, WireguardFiles.KEY_PADDED, "a pre-shared key as `wg genpsk` prints it: 44 base64 characters")
                .map(Secret::line)
                .orElse(null);
        Optional<Secret> farUses = scope.published().hidden(far, WireguardFiles.publishedUse(tunnel.name()));
        boolean farHasIt = end.unmanaged() != null
                || (secret != null
                        && farUses.map(Secret::line).filter(secret::equals).isPresent());
        Given given = new Given(ref, far, farHasIt, scope.secrets().fingerprints());
        return new PskWant(scope.host().os(), tunnel.name(), Role.GIVEN, maker, secret, given, null, null, List.of());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String path() {
        return WireguardFiles.psk(tunnel);
    }

    @Override
    public boolean gone() {
        return role == Role.NONE;
    }

    @Override
    public @Nullable SecretRef ref() {
        return given == null ? null : given.ref();
    }

    @Override
    public List<String> unknowns() {
        if (secret != null) return List.of();
        if (given != null) return List.of("what " + given.ref() + " says");
        return role == Role.RECEIVES ? List.of("the pre-shared key of " + tunnel + " on " + maker) : List.of();
    }

    @Override
    public Set<String> madeBy() {
        return role == Role.RECEIVES ? Set.of(maker) : Set.of();
    }

    @Override
    public Set<String> partners() {
        if (outworn != null) return Set.of(outworn.far());
        return given == null || given.farHasIt() ? Set.of() : Set.of(given.far());
    }
}
