package org.linkctl.modules.linux.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Link.Dhcp;
import org.linkctl.modules.linux.kernel.AddressCommands;
import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** What brings a host's network up at boot: where linkctl writes so that a reboot keeps what was configured. */
public interface NetworkStack {
    String name();

    /**
     * Looks whether others' files leave a bond and its members to us.
     *
     * @throws org.linkctl.spi.Refused where they would undo at boot what was done, or we would undo them
     */
    void requireFree(String bond, List<String> members, StackFacts facts);

    /** Files, by path, that make a bond at boot. */
    Map<String, String> bond(BondConfig bond, StackFacts facts);

    /** The address on the wire that a file of ours gives a bond; empty where none does. */
    Optional<String> bondAddress(String bond, Map<String, String> ours);

    /** Whether others' files make a bond, beside ours: it stays when ours go. */
    default boolean keeps(String bond, StackFacts facts) {
        return false;
    }

    /** Whether one of our files makes something a member of a bond. */
    boolean makes(String bond, String path, String content);

    /**
     * Files that give an interface its addresses at boot, beside whatever else configures it there.
     *
     * @throws org.linkctl.spi.Refused where that cannot be said without speaking for other interfaces too
     */
    Map<String, String> addresses(InterfaceConfig config, StackFacts facts);

    /** Where such files are; the first is the one that tells of the addresses. */
    Set<String> addressFiles(InterfaceConfig config, StackFacts facts);

    /** The addresses that our file declares for an interface; empty where there is no such file. */
    default Optional<List<Cidr>> declared(InterfaceConfig config, StackFacts facts) {
        String path = addressFiles(config, facts).iterator().next();
        return Optional.ofNullable(facts.ours().get(path)).map(this::declared);
    }

    /**
     * Files that route prefixes through gateways at boot.
     *
     * @param device the interface that leads to the gateways
     * @param declared the inventory declares that interface, so that it has a file of ours at the latest after this run
     * @throws org.linkctl.spi.Refused where that interface is not this stack's
     */
    Map<String, String> routes(List<StaticRoute> routes, String device, boolean declared, StackFacts facts);

    /** Whether a file of ours with this path is one of those that route prefixes through gateways. */
    default boolean routes(String path) {
        return path.contains("linkctl-gateway");
    }

    /** The prefixes that a file of ours routes. */
    List<Cidr> routed(String content);

    /** The mode of a file with this path in this stack's folders. */
    default String mode(String path) {
        return "0644";
    }

    /** What has systemd read units that changed, where a reload of the stack does not. */
    default List<Step> unitsChanged() {
        return List.of(Step.run("systemctl", "daemon-reload"));
    }

    /** Tells the running stack that files of an interface changed, where it would otherwise undo what was done. */
    List<Step> reload(String device, StackFacts facts);

    /** The same of files that route prefixes through gateways. */
    default List<Step> routesChanged(String device, StackFacts facts) {
        return reload(device, facts);
    }

    /**
     * Has the stack make a bond live, or change it, of which the files are there; empty: ip(8) makes it, and the stack is
     * told.
     *
     * @param again it has what it cannot get while it is up
     */
    default Optional<List<Step>> make(BondConfig bond, boolean again) {
        return Optional.empty();
    }

    /** Whether the stack itself makes live what files of an interface say, once it is told of them, and ip(8) is to do nothing. */
    default boolean bringsLive(InterfaceConfig config, StackFacts facts) {
        return false;
    }

    /** What gives an interface an address that it shall have, as the stack gives it at boot. */
    default List<Argv> add(InterfaceConfig config, Cidr address, StackFacts facts) {
        return List.of(AddressCommands.replace(config.name(), address));
    }

    /** What takes an address from an interface that shall have it no more. */
    default List<Argv> remove(InterfaceConfig config, Cidr address, StackFacts facts) {
        return List.of(AddressCommands.delete(config.name(), address));
    }

    /** What others configured of interfaces until now, and linkctl does from then on, as a plan says it. */
    default List<Change> takeover(List<String> devices, StackFacts facts) {
        return List.of();
    }

    /** VLANs, bridges, default routes and DHCP; empty where linkctl does not have this stack make them. */
    default Optional<DeviceFiles> devices() {
        return Optional.empty();
    }

    /** Whether it brings interfaces up by what stands in /etc/network/interfaces: interfaces(5). */
    default boolean readsStanzas() {
        return false;
    }

    /** Whether it gives the default routes of others metrics of its own, so that none is the equal of linkctl's. */
    default boolean countsMetrics() {
        return false;
    }

    /** Of which families a file of ours has a client ask for addresses; empty: of none. */
    default Optional<Dhcp> dhcp(String content) {
        return Optional.empty();
    }

    /**
     * Of which families a client asks for an interface's addresses, as files say, or as the owner's own ones do where they do
     * all that is wanted; empty: of none.
     */
    default Optional<Dhcp> asked(InterfaceConfig config, StackFacts facts) {
        return addressFiles(config, facts).stream()
                .flatMap(path -> Optional.ofNullable(facts.ours().get(path)).stream())
                .flatMap(text -> dhcp(text).stream())
                .findFirst();
    }

    /** Whether an interface is set up anew when a client begins or ends to ask. */
    default boolean renews(String device, StackFacts facts) {
        return false;
    }

    /** Has the running stack begin or end to ask for addresses on an interface, once its files say so. */
    default List<Step> dhcpChanged(String device, StackFacts facts) {
        return List.of();
    }

    /** The addresses that a file of ours declares. */
    List<Cidr> declared(String content);
}
