package org.linkctl.engine.ssh;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.linkctl.engine.Unreachable;

/** Opens TCP connections to a host, to each of its addresses in turn. */
final class Dial {
    private Dial() {}

    /** @throws Unreachable naming what failed at the last address */
    static Socket to(SshOptions options, Duration within) {
        String why = "no address of the wanted family";
        for (InetAddress address : addresses(options)) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                socket.connect(new InetSocketAddress(address, options.port()), (int) within.toMillis());
                return socket;
            } catch (IOException e) {
                why = reason(e, within);
                closeQuietly(socket);
            }
        }
        throw new Unreachable(options.place() + ": " + why);
    }

    private static List<InetAddress> addresses(SshOptions options) {
        try {
            return Stream.of(InetAddress.getAllByName(options.hostname()))
                    .filter(address -> switch (options.family()) {
                        case ANY -> true;
                        case INET -> address instanceof Inet4Address;
                        case INET6 -> !(address instanceof Inet4Address);
                    })
                    .toList();
        } catch (UnknownHostException e) {
            throw new Unreachable("no such name: " + options.hostname(), e);
        }
    }

    private static String reason(IOException e, Duration within) {
        return switch (e) {
            case SocketTimeoutException timeout -> "no answer within " + within.toSeconds() + " s";
            case NoRouteToHostException none -> "no route to the host";
            case ConnectException refused -> "connection refused";
            default -> String.valueOf(e.getMessage());
        };
    }

    static void closeQuietly(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            // It is being left: nothing can be done about it, and nothing depends on it.
            if (e instanceof InterruptedException) Thread.currentThread().interrupt();
        }
    }
}
