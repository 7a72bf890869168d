package org.linkctl.engine.guard

import java.nio.file.Files
import org.linkctl.diag.Place
import org.linkctl.shell.Artifact
import org.linkctl.shell.Step
import spock.lang.Timeout

/** What becomes of files that were sent, and of links, when a change is undone. */
@Timeout(60)
class SentFileSpec extends GuardTrial {
    private static Artifact sent() { new Artifact('files/program', 'a' * 64, new Place('t', 1, 1)) }

    def 'a link leads again where it led, and what was sent is gone with its folder'() {
        given:
        Files.createDirectories(etc.resolve('v1'))
        Files.writeString(etc.resolve('v1/program'), 'first')
        Files.createSymbolicLink(etc.resolve('current'), etc.resolve('v1/program'))
        arm('r1', 1, [new Step.SendFile(at('v2/program'), '0755', sent()), new Step.Link(at('current'), at('v2/program')), new Step.Link(at('made'), at('v2/program'))])

        when:
        Files.createDirectories(etc.resolve('v2'))
        Files.writeString(etc.resolve('v2/program'), 'second')
        Files.writeString(etc.resolve('v2/.linkctl.aaaaaaaaaa'), 'a part of it')
        ['current', 'made'].each {
            Files.deleteIfExists(etc.resolve(it))
            Files.createSymbolicLink(etc.resolve(it), etc.resolve('v2/program'))
        }
        done('fire', 'r1', 'not ready')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        Files.readSymbolicLink(etc.resolve('current')) == etc.resolve('v1/program')
        !Files.exists(etc.resolve('made'), java.nio.file.LinkOption.NOFOLLOW_LINKS)
        !Files.exists(etc.resolve('v2'))
        Files.readString(etc.resolve('v1/program')) == 'first'
    }
}
