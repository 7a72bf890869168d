package org.linkctl.modules

import java.nio.file.Path
import org.linkctl.dsl.Inventory
import org.linkctl.model.Os
import spock.lang.Specification

class LimitsSpec extends Specification {
    static final Path BROKEN = Path.of(System.getProperty('basedir', '.'), '../dsl/src/test/resources/broken')

    def "what a system's modules do not make is refused as the language's own tests have it"() {
        given:
        def file = BROKEN.resolve("${name}.groovy")

        expect:
        Inventory.load(file, Modules.limits()).render().replace("$BROKEN/", '') == BROKEN.resolve("${name}.txt").toFile().getText("UTF-8")

        where:
        name << ['systems', 'publishes', 'firezone', 'link-files']
    }

    def 'a system has one list of limits at most'() {
        expect:
        Modules.limits()*.system() == [Os.LINUX, Os.FREEBSD]
    }
}
