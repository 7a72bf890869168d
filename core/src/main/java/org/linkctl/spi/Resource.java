package org.linkctl.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.SecretRef;

/** Desired state of one thing on one host. Implementations are records. */
public interface Resource {
    /** Unique on its host, such as {@code linux.bond[bond0]}. */
    String id();

    /** What others may need, such as {@code interface:bond0} or {@code package:wireguard-tools}. */
    default Set<String> provides() {
        return Set.of();
    }

    /** What has to be in place before; what nothing on the host provides is taken to be there already. */
    default Set<String> needs() {
        return Set.of();
    }

    /**
     * The path between two hosts that it is an end of, such as a tunnel, by the name that both ends know it by. What
     * cuts it cuts that path only, so it is changed while traffic goes elsewhere.
     */
    default Optional<String> way() {
        return Optional.empty();
    }

    /** The paths that it spreads traffic over. It takes those of {@link Scope#drained} out, and puts them back. */
    default Set<String> spreads() {
        return Set.of();
    }

    /**
     * The way through a host as such, where another one may stand in for it: {@link #spreads} and {@link Scope#drained}
     * name it so.
     */
    static String through(String host) {
        return "host:" + host;
    }

    /** The way to a host that connections to a published address go to: {@link #spreads} and {@link Scope#held} name it so. */
    static String place(String host) {
        return "place:" + host;
    }

    /**
     * The path through one of several hosts that give the same service, each by itself: {@link #way} names it so. No two of
     * them are changed at once; who uses the service goes to another one meanwhile.
     */
    static String member(String service, String host) {
        return service + "@" + host;
    }

    /** The host of such a path, which is its only end; empty for any other path: no tunnel's name has that sign. */
    static Optional<String> memberHost(String path) {
        int sign = path.indexOf('@');
        return sign < 0 ? Optional.empty() : Optional.of(path.substring(sign + 1));
    }

    /** A path as messages name it: {@code firezone on gw1} for that of {@link #member}. */
    static String shown(String path) {
        return path.replace("@", " on ");
    }

    /** Of a resource that makes two hosts stand in for each other: which of them its host is; empty while that is not known. */
    default Optional<Role> hostRole() {
        return Optional.empty();
    }

    /**
     * What is wanted but cannot be said yet, as a phrase each ("the public key of wg0 on b-gw"). While there is any,
     * the difference is shown and nothing is done.
     */
    default List<String> unknowns() {
        return List.of();
    }

    /**
     * The hosts whose own change of the same resource makes known what is unknown here. They do not wait for this one,
     * though it is their partner, or neither would ever begin.
     */
    default Set<String> madeBy() {
        return Set.of();
    }

    /**
     * It says only what shall not be there, of things that linkctl may have made before hosts remembered what is whose.
     * Nothing of the kind is looked for on a host that does.
     */
    default boolean stray() {
        return false;
    }

    /** The secrets it takes. They are looked up before any host is contacted. */
    default List<SecretRef> secrets() {
        return List.of();
    }

    /**
     * Other hosts that have to change in the same run, since a link whose ends differ would be lost. While one of them
     * is not part of the run, or fell out of it, the difference is shown and nothing is done.
     */
    default Set<String> partners() {
        return Set.of();
    }
}
