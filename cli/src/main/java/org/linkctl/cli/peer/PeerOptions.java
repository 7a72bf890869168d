package org.linkctl.cli.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.io.Terminal.Stream;
import org.linkctl.cli.option.ConnectionOptions;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.diag.Suggest;
import org.linkctl.model.Fabric;
import org.linkctl.modules.wireguard.PeerFile;
import org.linkctl.shell.Secret;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The configuration of one end that linkctl does not log in to: on the standard output, and nowhere else. */
public final class PeerOptions {
    @Option(
            names = "--peer",
            paramLabel = "NAME",
            order = 3,
            description = "Print what this peer has to be given, as wg-quick and WireGuard's apps read it, instead of "
                    + "writing a folder. The host at the other end is asked for its public key. NAME/LINK where it is "
                    + "a peer of several.")
    private @Nullable String peer;

    @Option(
            names = "--private-key",
            paramLabel = "FILE",
            order = 4,
            description =
                    "With --peer: put the peer's private key in, from a file as `wg genkey` writes it. It has to be "
                            + "the one whose public key the inventory has. The output is a secret then: `umask 077` "
                            + "before it goes to a file.")
    private @Nullable Path privateKey;

    @Option(
            names = "--qr",
            order = 5,
            description = "With --peer and --private-key: as a QR code on the terminal, for the camera of a phone.")
    private boolean qr;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    /** Whether one was named; the others are for it alone. */
    public boolean given() {
        if (peer == null && (qr || privateKey != null)) {
            throw new Failure((qr ? "--qr" : "--private-key") + ": for which peer? Say --peer NAME, too");
        }
        return peer != null;
    }

    /** Prints it. */
    public int print(Fabric fabric, CommandContext context, ShowOptions show) {
        PeerFile file = named(PeerFile.all(fabric));
        Secret own = ownKey(file);
        if (qr) requireForQr(file, own, context);
        String hostKey = new HostKey(context, connection, show).of(fabric, file);
        String text = own == null ? file.text(hostKey) : file.text(hostKey, own).reveal();
        context.print(qr ? code(text, context) : text);
        return ExitStatus.OK;
    }

    private PeerFile named(List<PeerFile> all) {
        List<PeerFile> found = all.stream()
                .filter(one -> one.peer().equals(peer) || (one.peer() + "/" + one.link()).equals(peer))
                .toList();
        if (found.size() == 1) return found.getFirst();
        if (found.size() > 1) {
            throw new Failure("--peer: '" + peer + "' is a peer of several: "
                    + String.join(
                            ", ",
                            found.stream()
                                    .map(one -> one.peer() + "/" + one.link())
                                    .toList()));
        }
        List<String> known = all.stream().map(PeerFile::peer).distinct().toList();
        String guess = Suggest.closest(String.valueOf(peer), known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        throw new Failure("--peer: no peer named '" + peer + "'" + guess + "\n  peers: "
                + (known.isEmpty() ? "none is declared" : String.join(", ", known)));
    }

    private @Nullable Secret ownKey(PeerFile file) {
        if (privateKey == null) return null;
        Secret key;
        try {
            if (Files.isRegularFile(privateKey) && PrivateFile.isOpenToOthers(privateKey)) {
                throw new Failure("--private-key: " + privateKey + ": " + PrivateFile.closing(privateKey));
            }
            key = new Secret(Files.readString(privateKey));
        } catch (IOException e) {
            throw new Failure("--private-key: '" + privateKey + "' cannot be read: " + PrivateFile.why(e));
        }
        Optional<Boolean> fits = file.fits(key);
        if (fits.isEmpty()) {
            throw new Failure("--private-key: '" + privateKey + "' holds no private key as `wg genkey` prints it");
        }
        if (fits.get()) return key;
        throw new Failure("--private-key: '" + privateKey + "' is not the key of " + file.peer()
                + ": its public key is another one than " + file.publicKey() + ", which the inventory has");
    }

    private static void requireForQr(PeerFile file, @Nullable Secret own, CommandContext context) {
        if (own == null) {
            throw new Failure("--qr: WireGuard's apps take no configuration without its private key: say --private-key"
                    + " FILE, too. A key that was made in the app stays there; then type in what `--peer "
                    + file.peer() + "` prints");
        }
        if (file.psk() != null) {
            throw new Failure(
                    "--qr: " + file.link() + " has a pre-shared key, which is a secret of yours: put it into what"
                            + " `--peer " + file.peer() + "` prints");
        }
        if (!context.terminal().is(Stream.OUT)) {
            throw new Failure("--qr: the standard output is no terminal, and a private key is in the code");
        }
    }

    /** Without what is for people: a smaller code is easier to read. */
    private static String bare(String text) {
        return text.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String code(String text, CommandContext context) {
        QrCode code = QrCode.of(bare(text))
                .orElseThrow(() -> new Failure("--qr: the configuration is too long for one code"));
        int columns = context.terminal().width();
        if (code.width() > columns) {
            throw new Failure("--qr: the code is " + code.width() + " columns wide, and the terminal " + columns);
        }
        return code.text();
    }
}
