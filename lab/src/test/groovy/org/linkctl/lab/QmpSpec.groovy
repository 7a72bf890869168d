package org.linkctl.lab

import spock.lang.Specification

class QmpSpec extends Specification {
    private static final String GREETING = '{"QMP": {"version": {}, "capabilities": []}}\n'
    private static final String NEGOTIATED = '{"return": {}}\n'

    def sent = new ByteArrayOutputStream()

    private Qmp talk(String answers) {
        new Qmp(new ByteArrayInputStream((GREETING + NEGOTIATED + answers).bytes), sent, {})
    }

    def 'negotiates, then sends one object a line'() {
        when:
        talk('{"return": {"status": "running"}}\n').execute('set_link', [name: 'eth1', up: false])

        then:
        def lines = sent.toString().readLines()
        lines.size() == 2
        lines[0].contains('"qmp_capabilities"')
        new com.fasterxml.jackson.databind.ObjectMapper().readValue(lines[1], Map) == [execute: 'set_link', arguments: [name: 'eth1', up: false]]
    }

    def 'an event before the answer is not the answer'() {
        given:
        def qmp = talk('{"event": "STOP", "timestamp": {}}\n{"return": {"status": "paused"}}\n')

        expect:
        qmp.execute('query-status', [:]).path('status').asText() == 'paused'
    }

    def 'an event that came during a command is still there to be waited for'() {
        given:
        def qmp = talk('{"event": "RESET"}\n{"return": {}}\n')
        qmp.execute('system_reset', [:])

        expect:
        qmp.await('RESET') == null
    }

    def 'an error quotes the command and what QEMU said'() {
        when:
        talk('{"error": {"class": "GenericError", "desc": "Device \'eth9\' not found"}}\n').execute('set_link', [name: 'eth9'])

        then:
        def e = thrown(LabException)
        e.message == "QEMU refused set_link {name=eth9}: Device 'eth9' not found"
    }

    def 'the end of the conversation is an error, not a hang'() {
        when:
        talk('').await('RESET')

        then:
        def e = thrown(LabException)
        e.message == 'QEMU ended the conversation'
    }

    def 'something else behind the socket is refused'() {
        when:
        new Qmp(new ByteArrayInputStream('{"hello": 1}\n'.bytes), sent, {})

        then:
        def e = thrown(LabException)
        e.message.startsWith('expected a QMP greeting')
    }

    def 'the forwarded port is found in what the monitor says'() {
        expect:
        Plugs.forwardedPort('''Hub -1 (mgmt):
  Protocol[State]    FD  Source Address  Port   Dest. Address  Port RecvQ SendQ
  TCP[HOST_FORWARD]  13       127.0.0.1 41443       10.0.2.15    22     0     0
''') == 41443
    }
}
