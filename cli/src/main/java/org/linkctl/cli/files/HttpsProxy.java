package org.linkctl.cli.files;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy of {@code HTTPS_PROXY}, but for the hosts of {@code NO_PROXY}: names, which stand for those below them as well,
 * and addresses, each with or without a port, between commas; {@code *} is every host. As for curl(1), a variable in
 * small letters comes first.
 */
final class HttpsProxy extends ProxySelector {
    /** The port of http:// (RFC 9110, section 4.2.1). */
    private static final int HTTP = 80;

    private static final int HTTPS = 443;

    private final Proxy proxy;
    private final List<String> direct;

    private HttpsProxy(Proxy proxy, List<String> direct) {
        this.proxy = proxy;
        this.direct = direct;
    }

    /**
     * Empty where no proxy is named.
     *
     * @throws IOException where one is named that cannot be used; without its value, which may hold a password
     */
    static Optional<ProxySelector> of(Map<String, String> environment) throws IOException {
        String named = variable(environment, "HTTPS_PROXY");
        if (named.isEmpty()) return Optional.empty();
        URI uri = parsed(named.contains("://") ? named : "http://" + named);
        if (!"http".equalsIgnoreCase(uri.getScheme()))
            throw new IOException("HTTPS_PROXY names a proxy of another kind than http://, which linkctl cannot use");
        if (uri.getRawUserInfo() != null)
            throw new IOException("HTTPS_PROXY holds a user, and linkctl cannot log in to a proxy");
        int port = uri.getPort() < 0 ? HTTP : uri.getPort();
        Proxy proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(bare(uri.getHost()), port));
        String direct = variable(environment, "NO_PROXY").toLowerCase(Locale.ROOT);
        return Optional.of(new HttpsProxy(proxy, List.of(direct.split("[,\\s]+"))));
    }

    private static String variable(Map<String, String> environment, String name) {
        String small = environment.get(name.toLowerCase(Locale.ROOT));
        return (small != null ? small : environment.getOrDefault(name, "")).strip();
    }

    private static URI parsed(String named) throws IOException {
        try {
            URI uri = URI.create(named);
            if (uri.getHost() != null && uri.getPort() <= 0xffff) return uri;
        } catch (IllegalArgumentException e) {
            // it is refused below
        }
        throw new IOException("HTTPS_PROXY is not the address of a proxy, such as http://proxy.example:3128");
    }

    /** An IPv6 address without its brackets. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
        boolean goesDirect = direct.stream().anyMatch(one -> matches(one, host, port));
        return List.of(goesDirect ? Proxy.NO_PROXY : proxy);
    }

    private static boolean matches(String one, String host, int port) {
        if (one.equals("*")) return true;
        String name = one.endsWith("]" + ":" + port) || one.indexOf(':') == one.lastIndexOf(':')
                ? one.replaceFirst(":" + port + "$", "")
                : one;
        String suffix = name.replaceFirst("^\\*?\\.", "");
        if (suffix.isEmpty()) return false;
        return bare(host).equals(bare(suffix)) || host.endsWith("." + suffix);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The failure is what the fetch ends with.
    }
}
