package org.linkctl.engine;

import java.util.Optional;
import org.linkctl.shell.Secret;

/** Where passwords and passphrases come from: a terminal, most of the time. Asked for one at a time. */
@FunctionalInterface
public interface PasswordSource {
    /** Nobody to ask. */
    PasswordSource NONE = what -> Optional.empty();

    /**
     * @param what what is wanted, such as {@code sudo password of ops} or {@code passphrase of /home/ops/.ssh/id_rsa}
     * @return empty where there is nobody to ask, or nothing was said
     */
    Optional<Secret> ask(String what);
}
