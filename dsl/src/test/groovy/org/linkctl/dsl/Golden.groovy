package org.linkctl.dsl

import java.nio.file.Files
import java.nio.file.Path

/** Compares with a file of the test resources; -Dlinkctl.golden=rewrite writes it instead, to be read as a diff. */
class Golden {
    static final Path RESOURCES = Path.of('src/test/resources')

    static boolean matches(Path file, String text) {
        if (System.getProperty('linkctl.golden') == 'rewrite') {
            Files.writeString(file, text)
            return true
        }
        assert Files.exists(file): "no $file: run with -Dlinkctl.golden=rewrite and read it"
        assert text == Files.readString(file)
        true
    }

    static List<Path> inventories(String folder) {
        Files.list(RESOURCES.resolve(folder)).withCloseable { files ->
            files.filter { it.toString().endsWith('.groovy') }.sorted().toList()
        }
    }

    static Path beside(Path inventory) {
        inventory.resolveSibling(inventory.fileName.toString().replace('.groovy', '.txt'))
    }

    /** Places without the folder, so that a golden tells what a user beside the file would see. */
    static String rendered(Loaded loaded, Path inventory) {
        loaded.render().replace(inventory.parent.toString() + '/', '')
    }
}
