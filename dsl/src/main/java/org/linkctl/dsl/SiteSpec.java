package org.linkctl.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.linkctl.model.Become;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.SshTarget;

/** What is known in {@code site}. */
public final class SiteSpec extends Spec {
    private static final SshTarget UNREADABLE = new SshTarget(null, "unreadable", null);

    private final String site;

    SiteSpec(Loading loading, String site) {
        super(loading);
        this.site = site;
    }

    /** A machine of this site, and what it has. */
    public void host(
            @NamedParams({
                        @NamedParam(value = "os", type = Os.class, required = true),
                        @NamedParam(value = "ssh", type = String.class, required = true),
                        @NamedParam(value = "become", type = Become.class),
                        @NamedParam(value = "gateway", type = String.class)
                    })
                    Map<String, Object> attributes,
            String name,
            @DelegatesTo(value = HostSpec.class, strategy = Closure.DELEGATE_ONLY) Closure<?> body) {
        declare(given(attributes), name);
        run(new HostSpec(loading(), name), body);
    }

    /** A machine of which nothing more is said. */
    public void host(
            @NamedParams({
                        @NamedParam(value = "os", type = Os.class, required = true),
                        @NamedParam(value = "ssh", type = String.class, required = true),
                        @NamedParam(value = "become", type = Become.class),
                        @NamedParam(value = "gateway", type = String.class)
                    })
                    Map<String, Object> attributes,
            String name) {
        declare(given(attributes), name);
    }

    private void declare(Given given, String name) {
        SshTarget ssh = given.text("ssh")
                .map(text -> SshTarget.parse(text).orElseGet(() -> {
                    given.refuse(
                            given.call().of("ssh"),
                            "ssh: '" + Words.shown(text) + "' is not a login",
                            "written as for ssh(1): [user@]host[:port], for instance 'admin@192.0.2.10'",
                            null);
                    return UNREADABLE;
                }))
                .orElse(UNREADABLE);
        loading()
                .add(new Host(
                        name,
                        site,
                        given.constant("os", Os.class).orElse(Os.LINUX),
                        ssh,
                        given.constant("become", Become.class).orElse(Become.AUTO),
                        given.text("gateway").orElse(null),
                        given.at()));
    }
}
