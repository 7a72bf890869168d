package org.linkctl.modules.linux.firezone;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.model.SecretRef;
import org.linkctl.modules.linux.firezonefiles.Versions;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.shell.Fingerprints;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/**
 * The service of a gateway, or that there is none.
 *
 * @param others whether clients can use another gateway of the site meanwhile
 * @param declared null: there shall be none
 */
record FirezoneWant(
        String host,
        boolean others,
        KeptService service,
        @Nullable Declared declared) implements Resource {
    /** A token is sent in a header of HTTP: nothing else fits there (RFC 9110, section 5.5). */
    private static final Pattern TOKEN = Pattern.compile("\\s*[!-~]{8,4096}\\s*");

    private static final Set<String> NEEDS = Set.of(
            "firezone-binary",
            "firezone-nat",
            "forwarding",
            "sysctl:net.ipv4.conf.all.src_valid_mark",
            "sysctl:net.core.rmem_max",
            "sysctl:net.core.wmem_max");

    /**
     * What is declared.
     *
     * @param program that shall run, by its path
     * @param token null while it is not known
     * @param script that starts it, as {@link FirezoneService#PROGRAM} holds it
     */
    record Declared(
            String program,
            @Nullable SecretRef ref,
            @Nullable Secret token,
            Fingerprints fingerprints,
            int port,
            String script) {
        String show(Secret secret) {
            return fingerprints.show(secret) + "\n";
        }
    }

    static FirezoneWant of(Scope scope, FirezoneGateway gateway) {
        SecretRef ref = gateway.token();
        Secret token = ref == null
                ? null
                : scope.secrets()
                        .of(ref, TOKEN, "a token as Firezone's portal shows it: one word")
                        .map(Secret::stripped)
                        .orElse(null);
        String program = Versions.path(Versions.version(gateway.artifact().sha256()));
        return new FirezoneWant(
                scope.host().name(),
                others(scope.fabric(), scope.host()),
                FirezoneService.of(scope.fabric().name(), gateway),
                new Declared(
                        program,
                        ref,
                        token,
                        scope.secrets().fingerprints(),
                        gateway.healthPort(),
                        FirezoneService.script(gateway.healthPort())));
    }

    static FirezoneWant none(Scope scope) {
        return new FirezoneWant(
                scope.host().name(), others(scope.fabric(), scope.host()), FirezoneService.none(), null);
    }

    private static boolean others(Fabric fabric, Host host) {
        return fabric.hosts().stream()
                .filter(other -> other.site().equals(host.site()) && !other.equals(host))
                .anyMatch(other -> !fabric.of(FirezoneGateway.class, other).isEmpty());
    }

    @Override
    public String id() {
        return "linux.firezone";
    }

    @Override
    public Set<String> needs() {
        return declared == null ? Set.of() : NEEDS;
    }

    /** One gateway of a site after the other: clients use those that run. */
    @Override
    public Optional<String> way() {
        return declared != null && others ? Optional.of(Resource.member("firezone", host)) : Optional.empty();
    }

    @Override
    public List<SecretRef> secrets() {
        SecretRef ref = declared == null ? null : declared.ref();
        return ref == null ? List.of() : List.of(ref);
    }

    @Override
    public List<String> unknowns() {
        if (declared == null || declared.token() != null) return List.of();
        return List.of("what " + declared.ref() + " says");
    }
}
