package org.linkctl.dsl

import java.nio.file.Path
import org.linkctl.diag.Diagnostic
import spock.lang.Specification
import spock.lang.Unroll

class BrokenSpec extends Specification {
    @Unroll('#file.fileName says what is wrong and where')
    def 'broken inventories'(Path file) {
        when:
        Loaded loaded = Inventory.load(file, Limits.ALL)

        then:
        loaded.fabric() == null
        loaded.diagnostics().any { it.severity() == Diagnostic.Severity.ERROR }
        !loaded.diagnostics().any { it.summary().contains('\n') || it.summary().contains('Exception') }
        Golden.matches(Golden.beside(file), Golden.rendered(loaded, file))

        where:
        file << Golden.inventories('broken')
    }
}
