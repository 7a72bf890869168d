package org.linkctl.cli.secrets;

import java.nio.file.Path;

/** A folder with one file for each secret: {@code vpn/ab} is the file {@code ab} in its folder {@code vpn}. */
record FileProvider(Path folder) implements Provider {
    @Override
    public Lookup look(String name) {
        return SecretFile.read(folder, name, SecretFile.Access.OWNER_ALONE, "file");
    }
}
