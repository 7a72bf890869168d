package org.linkctl.modules.linux.user;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.hostusers.UserModule;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Module;

/** Users of shadow's tools: useradd(8), usermod(8), userdel(8), gpasswd(1). */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DeclaredUserModule extends UserModule {
    /**
     * What no password is encrypted to. An account of useradd(8) has {@code !}, which locks it (shadow(5)): sshd lets nobody in then,
     * by a key neither, where {@code UsePAM} is off.
     */
    private static final String NO_PASSWORD = "*";

    public DeclaredUserModule() {
        super(Os.LINUX);
    }

    @Override
    public String name() {
        return "linux.user";
    }

    @Override
    protected Argv make(String name, String home, @Nullable String number, boolean ownGroup) {
        List<String> words = new ArrayList<>(List.of("useradd", "-m", "-p", NO_PASSWORD));
        if (number != null) words.addAll(List.of("-u", number));
        words.addAll(ownGroup ? List.of("-g", name) : List.of("-U"));
        words.addAll(List.of("-d", home, "-s", "/bin/bash", name));
        return new Argv(words);
    }

    @Override
    protected Argv remove(String name, boolean withHome) {
        return withHome ? Argv.of("userdel", "-r", name) : Argv.of("userdel", name);
    }

    @Override
    protected Argv makeGroup(String name, String number) {
        return Argv.of("groupadd", "-g", number, name);
    }

    @Override
    protected Argv join(String name, String group) {
        return Argv.of("usermod", "-a", "-G", group, name);
    }

    @Override
    protected Argv leave(String name, String group) {
        return Argv.of("gpasswd", "-d", name, group);
    }
}
