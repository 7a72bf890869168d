package org.linkctl.engine.ssh;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.engine.Unreachable;

/** The keywords of ssh_config(5) as {@code ssh -G} prints them: followed, not relevant, or refused. */
final class SshKeywords {
    /** Followed by linkctl; {@link #refuse} has values that are not supported. */
    static final Set<String> FOLLOWED = words("""
        host hostname user port addressfamily bindaddress bindinterface connecttimeout
        identityfile certificatefile identitiesonly identityagent pubkeyauthentication preferredauthentications
        pubkeyacceptedalgorithms proxyjump proxycommand proxyusefdpass
        hostkeyalias userknownhostsfile globalknownhostsfile revokedhostkeys knownhostscommand stricthostkeychecking
        checkhostip hashknownhosts hostkeyalgorithms casignaturealgorithms requiredrsasize
        kexalgorithms ciphers macs refuseconnection
        """);

    /** Resolved by {@code ssh -G} itself. */
    static final Set<String> RESOLVED = words("""
        match include tag canonicaldomains canonicalizefallbacklocal canonicalizehostname canonicalizemaxdots
        canonicalizepermittedcnames ignoreunknown
        """);

    /**
     * Not followed. None of them would make linkctl trust a host or log in where ssh(1) would not: other authentication
     * methods and ways to verify a host, which are not tried; forwardings and commands, of which there are none;
     * display and logging.
     */
    static final Set<String> NOT_FOLLOWED = words("""
        passwordauthentication kbdinteractiveauthentication kbdinteractivedevices numberofpasswordprompts
        hostbasedauthentication hostbasedacceptedalgorithms enablesshkeysign addkeystoagent batchmode
        pkcs11provider securitykeyprovider usekeychain
        gssapiauthentication gssapidelegatecredentials gssapikeyexchange gssapikexalgorithms
        gssapirenewalforcesrekey gssapitrustdns gssapiclientidentity gssapiserveridentity
        nohostauthenticationforlocalhost verifyhostkeydns updatehostkeys visualhostkey fingerprinthash
        controlmaster controlpath controlpersist
        forwardagent forwardx11 forwardx11timeout forwardx11trusted xauthlocation localforward remoteforward
        dynamicforward clearallforwardings exitonforwardfailure gatewayports permitremoteopen streamlocalbindmask
        streamlocalbindunlink tunnel tunneldevice
        localcommand permitlocalcommand remotecommand sessiontype requesttty stdinnull forkafterauthentication
        sendenv setenv escapechar enableescapecommandline
        connectionattempts compression tcpkeepalive serveraliveinterval serveralivecountmax rekeylimit ipqos
        channeltimeout obscurekeystroketiming versionaddendum warnweakcrypto
        loglevel logverbose syslogfacility
        """);

    private SshKeywords() {}

    private static Set<String> words(String text) {
        return Stream.of(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    static boolean known(String keyword) {
        return FOLLOWED.contains(keyword) || RESOLVED.contains(keyword) || NOT_FOLLOWED.contains(keyword);
    }

    /** @throws Unreachable naming an option by which ssh(1) would do something that linkctl cannot */
    static void refuse(Map<String, List<String>> values) {
        String closed = first(values, "refuseconnection");
        if (!closed.isEmpty())
            throw Unreachable.bySettings("ssh_config refuses connections there (RefuseConnection): " + closed);
        if (List.of("no", "false").contains(first(values, "pubkeyauthentication")))
            throw Unreachable.bySettings("ssh_config has PubkeyAuthentication no; linkctl logs in by keys alone");
        String methods = first(values, "preferredauthentications");
        if (!methods.isEmpty() && !List.of(methods.split(",", -1)).contains("publickey"))
            throw Unreachable.bySettings(
                    "ssh_config has PreferredAuthentications " + methods + "; linkctl logs in by publickey alone");
        if (first(values, "proxyusefdpass").equals("yes") && values.containsKey("proxycommand"))
            throw Unreachable.bySettings(
                    "ssh_config has ProxyUseFdpass yes, which linkctl cannot do; ProxyCommand alone works");
    }

    private static String first(Map<String, List<String>> values, String keyword) {
        String value = values.getOrDefault(keyword, List.of("")).getFirst();
        return value.toLowerCase(Locale.ROOT).equals("none") ? "" : value;
    }
}
