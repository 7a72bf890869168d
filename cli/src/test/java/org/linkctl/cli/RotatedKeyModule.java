package org.linkctl.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Module;
import org.linkctl.spi.Published;
import org.linkctl.spi.Publishes;
import org.linkctl.spi.Question;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** Has a file with a tunnel's key on each host, and makes another one where that key shall be made anew. */
final class RotatedKeyModule
        implements Module<RotatedKeyModule.Want, RotatedKeyModule.Facts>,
                Rendered<RotatedKeyModule.Want, RotatedKeyModule.Facts>,
                Publishes<RotatedKeyModule.Want, RotatedKeyModule.Facts> {
    record Want(String tunnel, Optional<String> outworn) implements Resource {
        @Override
        public String id() {
            return "toy.turned[" + tunnel + "]";
        }

        String path() {
            return "/etc/" + tunnel + ".key";
        }

        Question.ReadFile held() {
            return Question.file(path());
        }

        String published() {
            return "wireguard." + tunnel + ".public-key";
        }
    }

    record Facts(@Nullable String text) {}

    @Override
    public String name() {
        return "toy.turned";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        return scope.fabric().tunnels(scope.host()).stream()
                .map(tunnel -> new Want(
                        tunnel.name(),
                        scope.secrets()
                                .outworn()
                                .plain(scope.host().name(), "wireguard." + tunnel.name() + ".public-key")))
                .toList();
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(want.held());
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(answers.to(want.held()).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        String text = have.text();
        if (text != null && !want.outworn().equals(Optional.of(text))) return List.of();
        return List.of(Change.file(want.path(), text, text + "+"));
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : List.of(Step.put(want.path(), "0600", have.text() + "+"));
    }

    @Override
    public Published.Values publish(Want want, Facts have) {
        String text = have.text();
        return text == null ? Published.Values.NONE : Published.Values.of(want.published(), text);
    }
}
