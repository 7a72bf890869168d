package org.linkctl.modules.linux.stack;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;

/** A stack that brings interfaces up by interfaces(5) and the programs of if-up.d. */
interface InterfacesStack extends NetworkStack {
    @Override
    default boolean readsStanzas() {
        return true;
    }

    @Override
    default void requireFree(String bond, List<String> members, StackFacts facts) {
        InterfacesFiles.requireFree(bond, members, facts);
    }

    @Override
    default boolean makes(String bond, String path, String content) {
        return path.equals(InterfacesFiles.path(bond));
    }

    @Override
    default Set<String> addressFiles(InterfaceConfig want, StackFacts facts) {
        return Set.of(InterfacesFiles.addressFile(want.name()));
    }

    @Override
    default Map<String, String> routes(List<StaticRoute> routes, String device, boolean declared, StackFacts facts) {
        return InterfacesFiles.routes(routes, device, declared, facts);
    }

    @Override
    default List<Cidr> routed(String content) {
        return InterfacesFiles.values("ip route replace", content);
    }

    @Override
    default String mode(String path) {
        return InterfacesFiles.mode(path);
    }

    /** It does nothing until it is asked to, at boot most of the time. */
    @Override
    default List<Step> reload(String device, StackFacts facts) {
        return List.of();
    }
}
