package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.dsl.words.PlaybookRun.Phase;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;

/** The words in the braces of {@code playbook}: its parameters, its steps, and what is done when they end. */
public final class PlaybookSpec extends StepsSpec {
    PlaybookSpec(PlaybookRun run) {
        super(run);
    }

    /** What is done when a step has failed, before anything else. */
    public void onFailure(@DelegatesTo(value = StepsSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        later(Phase.ON_FAILURE, body);
    }

    /** What is done at the end in any case. */
    public void always(@DelegatesTo(value = StepsSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        later(Phase.ALWAYS, body);
    }

    private void later(Phase phase, Closure<?> body) {
        playbookRun().tasks().in(phase, () -> Words.run(new StepsSpec(playbookRun()), body));
    }

    /** A parameter that is a text. */
    public String textParameter(
            @AnyText({"about", "default", "oneOf"})
                    @NamedParams({
                        @NamedParam(value = "about", type = String.class, required = true),
                        @NamedParam(value = "default", type = String.class),
                        @NamedParam(value = "oneOf", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        return declared(name, attributes, DeclaredParameter::text);
    }

    /** A parameter that is a whole number. */
    public int numberParameter(
            @AnyText("about")
                    @NamedParams({
                        @NamedParam(value = "about", type = String.class, required = true),
                        @NamedParam(value = "default", type = Integer.class),
                        @NamedParam(value = "from", type = Integer.class),
                        @NamedParam(value = "to", type = Integer.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        return declared(name, attributes, DeclaredParameter::number);
    }

    /** A parameter that is true or false. */
    public boolean flagParameter(
            @AnyText("about")
                    @NamedParams({
                        @NamedParam(value = "about", type = String.class, required = true),
                        @NamedParam(value = "default", type = Boolean.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        return declared(name, attributes, DeclaredParameter::flag);
    }

    /** A parameter that is a host of the inventory. */
    public Host hostParameter(
            @AnyText("about")
                    @NamedParams({
                        @NamedParam(value = "about", type = String.class, required = true),
                        @NamedParam(value = "default", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        return declared(name, attributes, DeclaredParameter::host);
    }

    /** A parameter that is several hosts: hosts, pairs and sites by name, a comma between two. */
    public List<Host> hostsParameter(
            @AnyText("about")
                    @NamedParams({
                        @NamedParam(value = "about", type = String.class, required = true),
                        @NamedParam(value = "default", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        return declared(name, attributes, DeclaredParameter::hosts);
    }

    /** A parameter that is a tunnel of the inventory. */
    public Tunnel tunnelParameter(
            @AnyText("about")
                    @NamedParams({
                        @NamedParam(value = "about", type = String.class, required = true),
                        @NamedParam(value = "default", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        return declared(name, attributes, DeclaredParameter::tunnel);
    }

    /** A parameter that is several tunnels: tunnels and groups by name, a comma between two. */
    public List<Tunnel> tunnelsParameter(
            @AnyText("about")
                    @NamedParams({
                        @NamedParam(value = "about", type = String.class, required = true),
                        @NamedParam(value = "default", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        return declared(name, attributes, DeclaredParameter::tunnels);
    }

    /** A parameter that is a pair of the inventory. */
    public Pair pairParameter(
            @AnyText("about")
                    @NamedParams({
                        @NamedParam(value = "about", type = String.class, required = true),
                        @NamedParam(value = "default", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        return declared(name, attributes, DeclaredParameter::pair);
    }

    /** A parameter that is a site of the inventory. */
    public Site siteParameter(
            @AnyText("about")
                    @NamedParams({
                        @NamedParam(value = "about", type = String.class, required = true),
                        @NamedParam(value = "default", type = Object.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        return declared(name, attributes, DeclaredParameter::site);
    }

    /** A parameter gives a value, so that it is never run before the word that it stands in. */
    private <T> T declared(String name, Map<String, Object> attributes, Function<DeclaredParameter, T> read) {
        WordUse use = playbookRun().position().here();
        AttributeValues values = new AttributeValues(playbookRun(), use, attributes);
        DeclaredParameter parameter = new DeclaredParameter(playbookRun(), model(), values, name, attributes);
        return playbookRun().declaring(() -> read.apply(parameter));
    }
}
