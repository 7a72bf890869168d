package org.linkctl.modules.freebsd.packagesundeclared;

import com.google.auto.service.AutoService;
import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.modules.declared.DeclaredPackages;
import org.linkctl.modules.declared.UndeclaredPackages;
import org.linkctl.modules.freebsd.pkg.InstalledPackage;
import org.linkctl.modules.freebsd.pkg.PackageNeeds;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;

/** Packages of pkg(8) that are no longer declared. pkg-delete(8) takes those that need one with it: such a one stays. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class UndeclaredPackagesModule extends UndeclaredPackages {
    public UndeclaredPackagesModule() {
        super(Os.FREEBSD);
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(
                DeclaredPackages.question(want.name()),
                InstalledPackage.question(want.name()),
                InstalledPackage.needed(want.name()));
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        List<String> needing = InstalledPackage.neededBy(want.name(), answers);
        return new Facts(
                InstalledPackage.isThere(want.name(), answers),
                DeclaredPackages.isNoted(want.name(), answers),
                "pkg",
                needing.isEmpty() ? "" : String.join(", ", needing) + " need it");
    }

    @Override
    protected Step removal(Want want, Facts have) {
        return Step.run("pkg", "delete", "-y", want.name());
    }

    @Override
    protected boolean isNeeded(Scope scope, String name) {
        return PackageNeeds.of(scope).contains(name);
    }
}
