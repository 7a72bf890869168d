package org.linkctl.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Fetches by HTTPS, over the proxy of {@code HTTPS_PROXY} where one is named. */
public final class Download implements FileLookup.Fetch {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(2);

    /** More than any program of the kind, and less than a disk. */
    private static final long MOST = 512L << 20;

    private final HttpClient client;

    public Download(Map<String, String> environment) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL);
        proxy(environment).ifPresent(builder::proxy);
        client = builder.build();
    }

    private static Optional<ProxySelector> proxy(Map<String, String> environment) {
        String named = environment.getOrDefault("https_proxy", environment.getOrDefault("HTTPS_PROXY", ""));
        if (named.isBlank()) return Optional.empty();
        try {
            URI uri = URI.create(named.contains("://") ? named : "http://" + named);
            if (uri.getHost() == null || uri.getPort() < 0) return Optional.empty();
            return Optional.of(ProxySelector.of(new InetSocketAddress(uri.getHost(), uri.getPort())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void into(String url, Path file) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(ANSWER).build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body();
                    OutputStream out = Files.newOutputStream(file)) {
                if (response.statusCode() != 200)
                    throw new IOException("the server answers with status " + response.statusCode());
                copy(in, out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            all += read;
            if (all > MOST) throw new IOException("it is longer than " + (MOST >> 20) + " MiB");
            out.write(buffer, 0, read);
        }
    }
}
