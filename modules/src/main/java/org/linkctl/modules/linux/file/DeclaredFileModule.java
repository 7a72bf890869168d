package org.linkctl.modules.linux.file;

import com.google.auto.service.AutoService;
import org.linkctl.model.Os;
import org.linkctl.modules.hostfiles.FileModule;
import org.linkctl.spi.Module;

/** Files that the inventory declares with their text, mode and owner. */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class DeclaredFileModule extends FileModule {
    public DeclaredFileModule() {
        super(Os.LINUX);
    }

    @Override
    public String name() {
        return "linux.file";
    }
}
