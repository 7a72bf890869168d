package org.linkctl.dsl

import org.linkctl.dsl.words.FabricSpec
import org.linkctl.dsl.words.FirewallSpec
import org.linkctl.dsl.words.HostOrPairSpec
import org.linkctl.dsl.words.HostSpec
import org.linkctl.dsl.words.HubSpec
import org.linkctl.dsl.words.InventoryScript
import org.linkctl.dsl.words.PairSpec
import org.linkctl.dsl.words.SiteSpec
import org.linkctl.dsl.words.TunnelSpec
import org.linkctl.dsl.words.TunnelsSpec
import org.linkctl.dsl.words.VipSpec
import org.linkctl.dsl.words.Vocabulary
import spock.lang.Specification

/** The words are read from the methods of the classes that declare them: there is no list of words beside these. */
class VocabularySpec extends Specification {
    def 'all braces are found, beginning with those of the fabric'() {
        expect:
        Vocabulary.all() == [InventoryScript, FabricSpec, HubSpec, SiteSpec, TunnelSpec, TunnelsSpec, HostSpec, PairSpec, FirewallSpec, VipSpec]
    }

    def 'a word that hosts and pairs have is declared once'() {
        expect:
        Vocabulary.of(HostSpec).firewall == Vocabulary.of(PairSpec).firewall
        HostOrPairSpec.getMethods().count { it.name == 'firewall' } == 1
        Vocabulary.isPlace(HostOrPairSpec.name)
    }

    def 'what a word is follows from its method'() {
        expect:
        with(Vocabulary.of(SiteSpec)) {
            it.host.body() == HostSpec
            !it.host.bodyRequired()
            it.pair.bodyRequired()
            it.csv.givesValue()
            it.csv.namesFile()
            !it.secret.namesFile()
        }
        Vocabulary.of(FabricSpec).values().findAll { it.hasEnds() }*.name() == ['hub', 'tunnel', 'tunnels']
    }

    def 'an attribute on which nothing else depends is one wherever it stands'() {
        expect:
        Vocabulary.all().each { place ->
            Vocabulary.of(place).values().each { word ->
                word.attributes().values().each {
                    assert it.independent() == (it.name() in Vocabulary.independentAttributes()): "${word.name()} ${it.name()}:"
                }
            }
        }
    }
}
