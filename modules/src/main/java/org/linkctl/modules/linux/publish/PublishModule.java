package org.linkctl.modules.linux.publish;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Vip;
import org.linkctl.modules.linux.nftables.TableModule;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.publishing.KeptSpokes;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Drainable;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Warns;

/**
 * What is published: a table of nftables of its own, and the service that loads it and keeps its maps with the targets that
 * answer. What is in the maps is the service's alone, which looks twice a second, so that it is no difference.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class PublishModule
        implements TableModule<PublishModule.Want>,
                Examined<PublishModule.Want, TableService.Found>,
                Warns<PublishModule.Want, TableService.Found>,
                Drainable<PublishModule.Want, TableService.Found> {
    /**
     * What is published; nothing: there shall be no rules, and no service.
     *
     * @param vips those of a pair; none on a single host
     * @param held paths that are out of service; the watcher sees that by itself
     * @param kept the spokes that have to take callers' own addresses
     */
    record Want(List<PublishedService> published, List<Vip> vips, Set<String> held, KeptSpokes kept)
            implements TableModule.Loaded {
        @Override
        public String id() {
            return "linux.publish";
        }

        @Override
        public Set<String> spreads() {
            return PublishedService.places(published);
        }

        @Override
        public Set<String> partners() {
            return kept.notYet();
        }

        @Override
        public Set<String> needs() {
            if (published.isEmpty()) return Set.of();
            Set<String> out = new LinkedHashSet<>(
                    List.of("package:nftables", "package:conntrack", "package:iputils-ping", "forwarding"));
            for (PublishedService one : published) one.hubs().forEach(hub -> out.add("tunnel:" + hub.name()));
            return out;
        }

        @Override
        public TableService service() {
            KeptService service = PublishService.of(published);
            return TableService.of(published.isEmpty() ? service.none() : service, PublishRules.TABLE);
        }
    }

    @Override
    public String name() {
        return "linux.publish";
    }

    @Override
    public List<Want> want(Scope scope) {
        List<PublishedService> published = PublishedService.of(scope.fabric(), scope.host());
        if (published.isEmpty()) return List.of();
        return List.of(new Want(
                published, scope.fabric().of(Vip.class, scope.host()), scope.held(), KeptSpokes.of(scope, published)));
    }

    @Override
    public List<Question<?>> beforeDraining(Want want) {
        return PublishedService.marks(want.published(), PublishService.DEAD);
    }

    @Override
    public List<Shared> shared(Want want, TableService.Found have, Answers answers) {
        return PublishedService.shared(want.published(), want.held(), PublishService.DEAD, answers);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(new Want(List.of(), List.of(), Set.of(), KeptSpokes.NONE));
    }

    @Override
    public List<String> warnings(Want want, TableService.Found have) {
        return want.kept().warnings();
    }

    @Override
    public List<Question<?>> examine(Want want) {
        return PublishHealth.questions(want.published(), want.vips());
    }

    @Override
    public List<Finding> findings(Want want, TableService.Found have, Answers answers) {
        if (want.published().isEmpty()) return List.of();
        List<Finding> out = new ArrayList<>();
        out.add(
                have.service().running()
                        ? Finding.good(PublishService.UNIT, "watches what is published")
                        : Finding.bad(PublishService.UNIT, "does not run: nobody watches what is published"));
        want.kept().findings().forEach(out::add);
        out.addAll(PublishHealth.findings(want.published(), want.vips(), answers));
        return out;
    }
}
