package org.linkctl.cli.peer;

import io.nayuki.qrcodegen.DataTooLongException;
import java.util.Optional;

/** A text as a QR code of characters (ISO/IEC 18004), for a camera that is held in front of the screen. */
final class QrCode {
    /** Light modules around it that readers need: four (ISO/IEC 18004, section 9.1); two do on a light ground. */
    private static final int QUIET = 2;
    /** Black on white, whatever the terminal's colours are; and back (ECMA-48, SGR). */
    private static final String ON = "\u001b[30;107m";

    private static final String OFF = "\u001b[0m";

    private final io.nayuki.qrcodegen.QrCode modules;

    private QrCode(io.nayuki.qrcodegen.QrCode modules) {
        this.modules = modules;
    }

    /** Empty where the text is too long for one. */
    static Optional<QrCode> of(String text) {
        try {
            return Optional.of(
                    new QrCode(io.nayuki.qrcodegen.QrCode.encodeText(text, io.nayuki.qrcodegen.QrCode.Ecc.LOW)));
        } catch (DataTooLongException e) {
            return Optional.empty();
        }
    }

    /** Columns on the screen. */
    int width() {
        return modules.size + 2 * QUIET;
    }

    /** Two modules above each other are one character. */
    String text() {
        StringBuilder out = new StringBuilder();
        for (int y = -QUIET; y < modules.size + QUIET; y += 2) {
            out.append(ON);
            for (int x = -QUIET; x < modules.size + QUIET; x++) {
                boolean above = modules.getModule(x, y);
                boolean below = modules.getModule(x, y + 1);
                out.append(above ? below ? '\u2588' : '\u2580' : below ? '\u2584' : ' ');
            }
            out.append(OFF).append('\n');
        }
        return out.toString();
    }
}
