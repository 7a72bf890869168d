package org.linkctl.modules.wireguard;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.SecretRef;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.Resource;

/** A file of one key that the interface of a tunnel or a hub uses, read and written by root alone. */
interface KeyFile extends Resource {
    Os os();

    /** The interface, which is called as its tunnel or hub. */
    String tunnel();

    /** What the file's module is called after the name of its system. */
    String kind();

    String path();

    /** There shall be no such file. */
    boolean gone();

    /** The user's secret that shall be in it; null: it is a key that a host makes. */
    @Nullable
    SecretRef ref();

    @Override
    default String id() {
        return WireguardFiles.module(os(), kind()) + "[" + tunnel() + "]";
    }

    @Override
    default Set<String> provides() {
        return Set.of(kind() + ":" + tunnel());
    }

    @Override
    default Set<String> needs() {
        return Set.of("package:wireguard-tools");
    }

    @Override
    default List<SecretRef> secrets() {
        SecretRef ref = ref();
        return ref == null ? List.of() : List.of(ref);
    }

    /** Asks for rights and owner, and whether it is there at all. */
    default Question.Command access() {
        return WireguardFiles.access(os(), path());
    }

    /** Rights and owner; null where there is no such file. */
    default @Nullable String access(Answers answers) {
        return WireguardFiles.access(os(), path(), answers);
    }

    default Question.ReadSecret content() {
        return Question.secret(path());
    }
}
