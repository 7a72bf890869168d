package org.linkctl.modules.linux.user;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.modules.hostusers.Account;
import org.linkctl.modules.hostusers.UserModule;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Module;

/** Users of shadow's tools: useradd(8), usermod(8), userdel(8), gpasswd(1). */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DeclaredUserModule extends UserModule {
    public DeclaredUserModule() {
        super(Os.LINUX);
    }

    @Override
    public String name() {
        return "linux.user";
    }

    @Override
    protected Argv make(String name, String home) {
        return Argv.of("useradd", "-m", "-U", "-d", home, "-s", "/bin/bash", name);
    }

    @Override
    protected Argv remove(String name, boolean withHome) {
        return withHome ? Argv.of("userdel", "-r", name) : Argv.of("userdel", name);
    }

    @Override
    protected List<Argv> makeAgain(String name, Account account) {
        List<Argv> out = new ArrayList<>();
        out.add(Argv.of("groupadd", "-g", account.gid(), name));
        out.add(Argv.of(
                "useradd",
                "-M",
                "-u",
                account.uid(),
                "-g",
                account.gid(),
                "-d",
                account.home(),
                "-s",
                account.shell(),
                name));
        for (String group : account.groups().stream().sorted().toList()) {
            if (!group.equals(name)) out.add(join(name, group));
        }
        return out;
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
