package org.linkctl.modules.freebsd.sysctl;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;

/** Lines of ours in a file that others write to as well: between two comments, and nowhere else. */
final class Block {
    private static final String BEGIN = OurFiles.MARK;
    private static final String END = "# End of what linkctl made.";

    private Block() {}

    /** The same text with these lines in our block, at the place where it was or else at the end; none: no block. */
    static String put(String text, String lines) {
        List<String> out = new ArrayList<>();
        int at = -1;
        boolean within = false;
        for (String line : text.lines().toList()) {
            if (line.equals(BEGIN)) {
                within = true;
                if (at < 0) at = out.size();
            } else if (within && line.equals(END)) within = false;
            else if (!within) out.add(line);
        }
        if (lines.isEmpty() && at < 0) return text;
        if (!lines.isEmpty()) out.add(at < 0 ? out.size() : at, BEGIN + "\n" + lines + END);
        return out.isEmpty() ? "" : String.join("\n", out) + "\n";
    }
}
