package org.linkctl.modules.linux.firezone;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Existing;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;

/**
 * The service of a Firezone gateway: its token, its unit, and which version of its program runs. A version that is not ready
 * in time is left again by the host itself, for the one before; the gateways of a site are changed one after the other.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class FirezoneModule
        implements Remembered<FirezoneWant, FirezoneFacts>,
                Examined<FirezoneWant, FirezoneFacts>,
                Existing<FirezoneWant, FirezoneFacts>,
                Rendered<FirezoneWant, FirezoneFacts> {
    @Override
    public String name() {
        return "linux.firezone";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<FirezoneWant> want(Scope scope) {
        return scope.fabric().of(FirezoneGateway.class, scope.host()).stream()
                .map(gateway -> FirezoneWant.of(scope, gateway))
                .toList();
    }

    @Override
    public List<Question<?>> probe(FirezoneWant want) {
        return FirezoneFacts.questions(want);
    }

    @Override
    public FirezoneFacts facts(FirezoneWant want, Answers answers) {
        return FirezoneFacts.read(want, answers);
    }

    @Override
    public FirezoneFacts bare(FirezoneWant want) {
        return FirezoneFacts.NONE;
    }

    /** One that does not run serves nobody yet: there is nothing to wait for before it is started. */
    @Override
    public boolean exists(FirezoneWant want, FirezoneFacts have) {
        return have.service().running();
    }

    @Override
    public List<Change> diff(FirezoneWant want, FirezoneFacts have) {
        return want.declared() == null
                ? FirezoneGone.changes(want, have)
                : FirezoneDiff.changes(want, want.declared(), have);
    }

    @Override
    public List<Step> steps(FirezoneWant want, FirezoneFacts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        return want.declared() == null
                ? FirezoneGone.steps(want, have, changes)
                : FirezoneDiff.steps(want, want.declared(), have, changes);
    }

    @Override
    public Optional<Memory> memory(FirezoneWant want, FirezoneFacts have, Optional<Memory> before) {
        return want.declared() == null ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<FirezoneWant> absent(Scope scope, Owned owned) {
        return Optional.of(FirezoneWant.none(scope));
    }

    @Override
    public List<String> adopts(FirezoneWant want, FirezoneFacts have) {
        List<String> out = new ArrayList<>(want.service().foreign(have.service()));
        OurFiles.foreign(FirezoneService.PROGRAM, have.script()).ifPresent(out::add);
        return out;
    }

    @Override
    public List<Question<?>> examine(FirezoneWant want) {
        return want.declared() == null ? List.of() : List.of(FirezoneHealth.ready(want.declared()));
    }

    @Override
    public List<Finding> findings(FirezoneWant want, FirezoneFacts have, Answers answers) {
        return want.declared() == null ? List.of() : FirezoneHealth.findings(want.declared(), have, answers);
    }
}
