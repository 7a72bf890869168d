package org.linkctl.diag

import spock.lang.Specification

class DiagnosticSpec extends Specification {
    def "a diagnostic shows its line with a caret below the column"() {
        given:
        def diagnostic = Diagnostic.error(new Place('prod.groovy', 7, 6), "no host named 'a-gww'").suggest("'a-gw'").detail('declared: a-gw, b-gw')

        expect:
        diagnostic.render { "\tend('a-gww')" } == '''\
prod.groovy:7:6: error: no host named 'a-gww'; did you mean 'a-gw'?
    \tend('a-gww')
    \t    ^
  declared: a-gw, b-gw
'''
    }

    def "'#word' is taken for #guess"() {
        expect:
        Suggest.closest(word, ['bond', 'nic', 'sysctl', 'tunnel', 'tunnels', 'mtu', 'endpoint', 'csv', 'b-gw', 'B-gW']) == Optional.ofNullable(guess)

        where:
        word      || guess
        'tunel'   || 'tunnel'
        'bnod'    || 'bond'
        'cni'     || null
        'MTU'     || 'mtu'
        'umt'     || null
        'mut'     || 'mtu'
        'endp'    || 'endpoint'
        'en'      || null
        'ssh'     || null
        'B-GW'    || 'B-gW'
        'b-gW'    || 'B-gW'
        'firewal' || null
        ''        || null
    }
}
