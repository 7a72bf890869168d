package org.linkctl.modules

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import javax.tools.ToolProvider
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * docs/adding-a-module.md, taken at its word: its word, its record and its modules are compiled, come first on the class path
 * of a JVM of their own, and are held to what all are held to.
 */
class AddingAModuleSpec extends Specification {
    private static final String BROKEN = 'dsl/src/test/resources/broken/kernel-modules.txt'
    private static final File PROJECT = new File(System.getProperty('basedir', '.'), '..')

    @Shared @TempDir Path folder
    @Shared Map<String, String> blocks

    def setupSpec() {
        def page = new File(PROJECT, 'docs/adding-a-module.md').getText('UTF-8')
        blocks = blocks(page, '') + blocks(page, ', in the class').collectEntries { path, text ->
            [(path): inserted(new File(PROJECT, path).getText('UTF-8'), text)]
        }
        blocks.each { path, text ->
            Path file = folder.resolve(path)
            Files.createDirectories(file.parent)
            Files.writeString(file, text)
        }
    }

    /** Each fenced block that follows a line of a path in backticks. */
    private static Map<String, String> blocks(String text, String where) {
        (text =~ /(?ms)^`([^`\n]+)`$where\n\n```\w+\n(.*?)^```$/).collect { all, path, block -> [(path): block] }.collectEntries()
    }

    /** A class with what a block adds: its imports, and the rest before the last brace. */
    private static String inserted(String source, String block) {
        def (imports, members) = block.readLines().split { it.startsWith('import ') }
        def whole = source.replaceFirst(/(?m)^import /, "${imports.join('\n')}\nimport ")
        whole.substring(0, whole.lastIndexOf('}')) + members.join('\n') + '\n}\n'
    }

    private String compiled() {
        Path classes = Files.createDirectories(folder.resolve('classes'))
        def sources = blocks.keySet().findAll { it.endsWith('.java') }.collect { folder.resolve(it).toString() }
        def errors = new ByteArrayOutputStream()
        def status = ToolProvider.systemJavaCompiler.run(null, errors, errors, *['-Xlint:all,-processing,-classfile', '-Werror', '-proc:full', '--release', '25',
                '-cp', System.getProperty('java.class.path'), '-d', classes.toString(), *sources])
        assert status == 0, errors.toString()
        classes.toString()
    }

    private List run(String classes) {
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def path = classes + File.pathSeparator + System.getProperty('java.class.path')
        def out = folder.resolve('out').toFile()
        def process = new ProcessBuilder(java, '-cp', path, PageCases.name, folder.toString()).redirectErrorStream(true).redirectOutput(out).start()
        assert process.waitFor(5, TimeUnit.MINUTES)
        [process.exitValue(), out.getText('UTF-8')]
    }

    def 'the word, the record and the modules compile, are found, and pass with every kind of case'() {
        when:
        def (int exit, String said) = run(compiled())

        then:
        said == ['freebsd', 'linux'].collect { "${it}.kernel-module: converged create malformed removal update\n" }.join() + blocks[BROKEN]
        exit == 0
    }
}
