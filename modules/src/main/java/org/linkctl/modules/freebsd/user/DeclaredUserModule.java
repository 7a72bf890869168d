package org.linkctl.modules.freebsd.user;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.modules.hostusers.Account;
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
    protected Argv make(String name, String home) {
        return Argv.of("pw", "useradd", name, "-m", "-d", home, "-s", "/bin/sh");
    }

    @Override
    protected Argv remove(String name, boolean withHome) {
        return withHome ? Argv.of("pw", "userdel", name, "-r") : Argv.of("pw", "userdel", name);
    }

    @Override
    protected List<Argv> makeAgain(String name, Account account) {
        List<Argv> out = new ArrayList<>();
        out.add(Argv.of("pw", "groupadd", name, "-g", account.gid()));
        out.add(Argv.of(
                "pw",
                "useradd",
                name,
                "-u",
                account.uid(),
                "-g",
                account.gid(),
                "-d",
                account.home(),
                "-s",
                account.shell()));
        for (String group : account.groups().stream().sorted().toList()) {
            if (!group.equals(name)) out.add(join(name, group));
        }
        return out;
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
