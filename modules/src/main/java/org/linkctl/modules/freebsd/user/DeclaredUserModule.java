package org.linkctl.modules.freebsd.user;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.hostusers.UserModule;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Module;

/** Users of pw(8). */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DeclaredUserModule extends UserModule {
    public DeclaredUserModule() {
        super(Os.FREEBSD);
    }

    @Override
    public String name() {
        return "freebsd.user";
    }

    @Override
    protected Argv make(String name, String home, @Nullable String number, boolean ownGroup) {
        List<String> words = new ArrayList<>(List.of("pw", "useradd", name, "-m"));
        if (number != null) words.addAll(List.of("-u", number));
        if (ownGroup) words.addAll(List.of("-g", name));
        words.addAll(List.of("-d", home, "-s", "/bin/sh"));
        return new Argv(words);
    }

    @Override
    protected Argv remove(String name, boolean withHome) {
        return withHome ? Argv.of("pw", "userdel", name, "-r") : Argv.of("pw", "userdel", name);
    }

    @Override
    protected Argv makeGroup(String name, String number) {
        return Argv.of("pw", "groupadd", name, "-g", number);
    }

    @Override
    protected Argv join(String name, String group) {
        return Argv.of("pw", "groupmod", group, "-m", name);
    }

    @Override
    protected Argv leave(String name, String group) {
        return Argv.of("pw", "groupmod", group, "-d", name);
    }
}
