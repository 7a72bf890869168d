package org.linkctl.engine.script

import org.linkctl.shell.Content
import org.linkctl.shell.Secret
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Question
import spock.lang.Specification

class SecretRedactorSpec extends Specification {
    static final String KEY = 'vXbzaAjIy2y2dgMDDUWIUY30aqeg6jTQCQaH43BHuoA='

    def redactor = new SecretRedactor()

    def 'of what a host says, secrets are taken out: #said'() {
        given:
        redactor.add([new Step.PutFile('/x', '0600', Content.of(new Secret("$KEY\n"))), Step.put('/y', '0644', 'a plain text'),
                   new Step.PutFile('/z', '0600', Content.of(new Secret("it's 100% mine\nab\n")))])
        redactor.add(new Answers([(Question.secret('/w')): new Answer.Hidden(new Secret('from the host'))]))

        expect:
        redactor.redact(said) == told

        where:
        said                                          || told
        ''                                            || ''
        'a plain text, ab'                            || 'a plain text, ab'
        "Key is not the correct length: `$KEY'"       || "Key is not the correct length: `***'"
        "…${KEY.substring(20)} was it"                || '…*** was it'
        "${KEY.take(20)}\n${KEY.drop(20)}"            || '***\n***'
        "<$KEY$KEY>"                                  || '<***>'
        "it's 100% mine, really"                      || '***, really'
        "+ printf 'it\\047s 100%% mine\\n'"           || "+ printf '***\\n'"
        'it is from the host'                         || 'it is ***'
        KEY.take(11)                                  || KEY.take(11)
    }
}
