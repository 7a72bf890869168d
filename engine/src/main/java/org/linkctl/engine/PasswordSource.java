package org.linkctl.engine;

import java.util.Optional;
import org.linkctl.shell.Secret;

/** A source of passwords and passphrases, usually a terminal. Asked for one at a time. */
@FunctionalInterface
public interface PasswordSource {
    /** A source that has none. */
    PasswordSource NONE = what -> Optional.empty();

    /**
     * @param what the prompt, such as {@code sudo password of ops} or {@code passphrase of /home/ops/.ssh/id_rsa}
     * @return empty where there is no terminal, or nothing was entered
     */
    Optional<Secret> ask(String what);
}
