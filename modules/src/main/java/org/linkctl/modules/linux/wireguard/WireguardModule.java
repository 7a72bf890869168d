package org.linkctl.modules.linux.wireguard;

import com.google.auto.service.AutoService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.Vip;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.linux.pair.PairVip;
import org.linkctl.modules.wireguard.EndpointName;
import org.linkctl.modules.wireguard.Link;
import org.linkctl.modules.wireguard.TunnelModule;
import org.linkctl.modules.wireguard.WireguardDevice;
import org.linkctl.modules.wireguard.WireguardEnd;
import org.linkctl.modules.wireguard.WireguardFiles;
import org.linkctl.modules.wireguard.WireguardFiles.Fix;
import org.linkctl.modules.wireguard.WireguardFound;
import org.linkctl.modules.wireguard.WireguardImport;
import org.linkctl.modules.wireguard.WireguardLive;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Module;
import org.linkctl.spi.Question;

/**
 * A WireGuard interface and its peers: the file that wg-quick(8) reads, the service that runs it at boot, and what the
 * kernel has now. What runs is changed in place, word by word with wg(8) and ip(8), so that no session is dropped; only
 * an interface that the service did not make has to go before the service can make it.
 */
@SuppressWarnings("rawtypes") // @AutoService cannot name Module<?, ?>
@AutoService(Module.class)
public final class WireguardModule extends TunnelModule<WireguardModule.Facts> implements Imported {
    /**
     * What was found.
     *
     * @param service that brings it up
     * @param standsBy the other host of a pair has the addresses that are called: it is down here, and so sends nothing
     */
    public record Facts(WireguardFound tunnel, WireguardService.State service, boolean standsBy) implements Found {}

    private static final WireguardImport IMPORT = new WireguardImport(new WireguardImport.Links() {
        @Override
        public List<Question<?>> questions(String name) {
            return WireguardLink.questions(name);
        }

        @Override
        public @Nullable Link read(String name, Answers answers) {
            return WireguardLink.read(name, answers);
        }
    });

    public WireguardModule() {
        super(Os.LINUX, Set.of(Provided.UNDECLARED_TUNNELS, Provided.QUEUEING));
    }

    @Override
    protected List<Question<?>> questions(WireguardEnd want) {
        List<Question<?>> out = new ArrayList<>(WireguardService.questions(want.tunnel()));
        out.addAll(WireguardLink.questions(want.tunnel()));
        if (!vips(want).isEmpty()) out.add(Links.question());
        return out;
    }

    @Override
    protected @Nullable Link link(String tunnel, Answers answers) {
        return WireguardLink.read(tunnel, answers);
    }

    @Override
    protected Facts facts(WireguardEnd want, WireguardFound tunnel, Answers answers) {
        return new Facts(tunnel, WireguardService.read(want.tunnel(), answers), standsBy(vips(want), answers));
    }

    private static List<Vip> vips(WireguardEnd wanted) {
        return wanted instanceof WireguardEnd.Want want ? want.vips() : List.of();
    }

    private static boolean standsBy(List<Vip> vips, Answers answers) {
        return !vips.isEmpty() && PairVip.standsBy(vips, Links.from(answers));
    }

    @Override
    protected boolean standsBy(WireguardEnd.Want want, Answers answers) {
        return standsBy(want.vips(), answers);
    }

    @Override
    public Facts bare(WireguardEnd want) {
        return new Facts(WireguardFound.NONE, WireguardService.State.NONE, false);
    }

    @Override
    public List<String> adopts(WireguardEnd want, Facts have) {
        return WireguardGone.adopts(want.tunnel(), have);
    }

    @Override
    protected List<Fix> fixes(WireguardEnd wanted, Facts have) {
        return switch (wanted) {
            case WireguardEnd.Want want -> fixes(want, have);
            case WireguardEnd.Gone gone -> WireguardGone.fixes(gone.tunnel(), have);
        };
    }

    /** The file first: whatever happens then, the next boot brings up what is wanted. */
    private static List<Fix> fixes(WireguardEnd.Want want, Facts have) {
        List<Fix> out = new ArrayList<>();
        WireguardFound tunnel = have.tunnel();
        String path = WireguardFiles.conf(want.tunnel());
        String text = WireguardConf.text(want);
        if (text.equals(tunnel.conf())) out.addAll(WireguardFiles.accessFixes(path, tunnel.access()));
        else out.add(new Fix(Change.file(path, tunnel.conf(), text), Step.put(path, "0600", text)));
        WireguardDevice device = tunnel.device();
        out.addAll(WireguardService.fixes(want.tunnel(), have.service(), device, EndpointName.steps(want, tunnel)));
        if (device != null && have.service().keepsInterface()) {
            WireguardDevice shown = have.standsBy() ? device.asIfUp() : device;
            out.addAll(WireguardLive.link(want, tunnel, shown, WireguardLink.TOOL));
            out.addAll(WireguardLive.wireguard(want, tunnel, device, WireguardLink.TOOL));
        }
        return out;
    }

    @Override
    public List<Question<?>> importing() {
        return IMPORT.questions();
    }

    @Override
    public List<Question<?>> importing(Answers first) {
        return IMPORT.questions(first);
    }

    @Override
    public List<org.linkctl.spi.Found> found(Answers answers) {
        return IMPORT.read(answers);
    }
}
