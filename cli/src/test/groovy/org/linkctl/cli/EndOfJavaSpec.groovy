package org.linkctl.cli

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir

/** How the process ends. */
class EndOfJavaSpec extends Specification {
    @TempDir Path folder

    def "a recording that #variable asks for is written"() {
        given:
        def file = folder.resolve('x.jfr').toFile()
        def command = [Path.of(System.getProperty('java.home'), 'bin/java'), '-cp', System.getProperty('java.class.path'), 'org.linkctl.cli.Main', 'version']
        def builder = new ProcessBuilder(command*.toString()).redirectErrorStream(true)
        builder.environment()[variable] = "-XX:StartFlightRecording:filename=$file".toString()

        when:
        def process = builder.start()
        def told = process.inputStream.text

        then:
        process.waitFor(60, TimeUnit.SECONDS)
        process.exitValue() == 0
        file.length() > 0

        where:
        variable << ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS']
    }
}
