package org.linkctl.cli.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Fetches by HTTPS, over the proxy that the environment names. */
public final class Download implements FileLookup.Fetch {
    private static final Duration CONNECT = Duration.ofSeconds(20);

    /** For the answer to begin, and then for each next part of it. */
    private static final Duration ANSWER = Duration.ofMinutes(2);

    /** For all of it: a server may also send a byte now and then. */
    private static final Duration WHOLE = Duration.ofHours(1);

    /** More than any program of the kind, and less than a disk. */
    private static final long MOST = 512L << 20;

    private final Map<String, String> environment;
    private final Duration answer;
    private final Duration whole;

    public Download(Map<String, String> environment) {
        this(environment, ANSWER, WHOLE);
    }

    Download(Map<String, String> environment, Duration answer, Duration whole) {
        this.environment = environment;
        this.answer = answer;
        this.whole = whole;
    }

    @Override
    public void into(String url, Path file) throws IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL);
        HttpsProxy.of(environment).ifPresent(builder::proxy);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(answer).build();
        try {
            HttpResponse<InputStream> response =
                    builder.build().send(request, HttpResponse.BodyHandlers.ofInputStream());
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

    /** The time of a request ends with the head of its answer, and reading what follows has none: here it has. */
    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        long begin = System.nanoTime();
        try (var clock =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
            for (int read = read(clock, in, buffer); read >= 0; read = read(clock, in, buffer)) {
                all += read;
                if (all > MOST) throw new IOException("it is longer than " + (MOST >> 20) + " MiB");
                if (System.nanoTime() - begin > whole.toNanos())
                    throw new IOException("it has not ended after " + whole.toSeconds() + " seconds");
                out.write(buffer, 0, read);
            }
        }
    }

    private int read(ScheduledExecutorService clock, InputStream in, byte[] buffer) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> end = clock.schedule(
                () -> {
                    late.set(true);
                    in.close(); // which ends the read
                    return true;
                },
                answer.toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            int read = in.read(buffer);
            if (!late.get()) return read;
        } catch (IOException e) {
            if (!late.get()) throw e;
        } finally {
            end.cancel(false);
        }
        throw new IOException("the server has sent nothing for " + answer.toSeconds() + " seconds");
    }
}
