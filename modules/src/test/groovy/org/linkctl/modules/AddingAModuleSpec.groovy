package org.linkctl.modules

import java.nio.file.Files
import java.nio.file.Path
import javax.tools.ToolProvider
import org.linkctl.spi.Module
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** docs/adding-a-module.md, taken at its word: its module is compiled, found, and held to what every module is held to. */
class AddingAModuleSpec extends Specification {
    private static final String SOURCES = 'modules/src/main/java/'
    private static final String CASES = 'modules/src/test/resources/cases/'

    @Shared @TempDir Path folder
    @Shared Map<String, String> blocks

    def setupSpec() {
        blocks = blocks(new File(System.getProperty('basedir', '.'), '../docs/adding-a-module.md').getText('UTF-8'))
        blocks.each { path, text ->
            Path file = folder.resolve(path)
            Files.createDirectories(file.parent)
            Files.writeString(file, text)
        }
        def inventory = folder.resolve(CASES + 'linux.kernel-module/create/inventory.groovy')
        cases().each { dir ->
            if (!new File(dir, 'inventory.groovy').exists()) Files.copy(inventory, dir.toPath().resolve('inventory.groovy'))
        }
    }

    /** Each fenced block that follows a line of a path in backticks. */
    private static Map<String, String> blocks(String text) {
        (text =~ /(?ms)^`([^`\n]+)`\n\n```\w+\n(.*?)^```$/).collect { all, path, block -> [(path): block] }.collectEntries()
    }

    private List<File> cases() {
        folder.resolve(CASES + 'linux.kernel-module').toFile().listFiles().toList().sort()
    }

    private List<Module> modules() {
        Path classes = Files.createDirectories(folder.resolve('classes'))
        def sources = blocks.keySet().findAll { it.startsWith(SOURCES) }.collect { folder.resolve(it).toString() }
        def errors = new ByteArrayOutputStream()
        def status = ToolProvider.systemJavaCompiler.run(null, errors, errors, *['-Xlint:all,-processing,-classfile', '-Werror', '-proc:full', '--release', '25',
                '-cp', System.getProperty('java.class.path'), '-d', classes.toString(), *sources])
        assert status == 0, errors.toString()
        def loader = new URLClassLoader([classes.toUri().toURL()] as URL[], getClass().classLoader)
        ServiceLoader.load(Module, loader).toList().findAll { it.getClass().classLoader.is(loader) }
    }

    def 'the module compiles, is found, and passes'() {
        when:
        def found = modules()

        then:
        found*.name() == ['linux.kernel-module']

        and: 'with every kind of case'
        def all = cases().collect { new Case(it, found.first()) }
        all*.kind.toSet() == ['converged', 'create', 'update', 'removal', 'malformed'].toSet()
        all.collectEntries { [it.dir.name, Laws.check(it)] }.findAll { name, broken -> broken } == [:]

        and: 'as the page shows it'
        Transcript.of(all.find { it.dir.name == 'create' }) == blocks[CASES + 'linux.kernel-module/create/expected.txt']
    }
}
