package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path

/** Whole expected texts, reviewed once. `-Dgolden.write=true` writes them anew. */
class Golden {
    static final Path FOLDER = Path.of('src/test/resources/golden')

    /** Null where the text is the golden one; else what differs, for people. */
    static boolean is(String name, String text) {
        Path file = FOLDER.resolve(name)
        if (Boolean.getBoolean('golden.write')) {
            Files.createDirectories(file.parent)
            Files.writeString(file, text)
        }
        assert Files.exists(file), "no golden file $file; -Dgolden.write=true makes it"
        String wanted = Files.readString(file)
        assert text == wanted, "differs from $file; read the difference, then run with -Dgolden.write=true"
        true
    }
}
