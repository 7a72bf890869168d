package org.linkctl.dsl.words;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.linkctl.check.Names;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.WordUse;

/** The word at the top of a playbook; base class of its script. */
public abstract class PlaybookScript extends Script {
    /** The procedure, which contains everything else: {@code playbook('name', about: '…') { … }}. */
    public void playbook(
            @AnyText("about") @NamedParams(@NamedParam(value = "about", type = String.class, required = true))
                    Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = PlaybookSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        PlaybookRun run = (PlaybookRun) getBinding().getVariable(ScriptKind.RUN);
        WordUse use = run.position().here();
        if (run.isNamed()) run.error(use.at(), "a second playbook: a file has one", "", null);
        if (!Names.isName(name)) {
            run.error(use.ofName(), "'" + MessageText.shown(name) + "' is no name for a playbook", "", null);
        }
        run.name(name, new AttributeValues(run, use, attributes).text("about").orElse(""), use.at());
        Words.run(new PlaybookSpec(run), body);
    }
}
