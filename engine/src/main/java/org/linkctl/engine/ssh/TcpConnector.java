package org.linkctl.engine.ssh;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.linkctl.engine.Unreachable;

/** Opens TCP connections to a host, trying each of its addresses in turn. */
final class TcpConnector {
    private TcpConnector() {}

    /** @throws Unreachable naming what failed at the last address */
    static Socket connect(SshOptions options, Duration within) {
        String why = "no address of the wanted family";
        for (InetAddress address : addresses(options)) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                bind(socket, options, address);
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
            int zone = options.hostname().indexOf('%');
            throw new Unreachable(
                    zone < 0
                            ? "no such name: " + options.hostname()
                            : "no interface " + options.hostname().substring(zone + 1) + " here: " + options.hostname(),
                    e);
        }
    }

    /** BindAddress and BindInterface, of the family of the address that is connected to. */
    private static void bind(Socket socket, SshOptions options, InetAddress to) throws IOException {
        String address = options.bindAddress();
        String device = options.bindInterface();
        List<InetAddress> own;
        if (address != null) {
            own = List.of(InetAddress.getAllByName(address));
        } else if (device != null) {
            NetworkInterface there = NetworkInterface.getByName(device);
            if (there == null) throw new IOException("BindInterface " + device + ": no such interface");
            own = there.inetAddresses()
                    .filter(one -> one.isLinkLocalAddress() == to.isLinkLocalAddress())
                    .toList();
        } else {
            return;
        }
        InetAddress from = own.stream()
                .filter(one -> one instanceof Inet4Address == to instanceof Inet4Address)
                .findFirst()
                .orElseThrow(
                        () -> new IOException((address == null ? "BindInterface " + device : "BindAddress " + address)
                                + " has no address of the family of " + to.getHostAddress()));
        socket.bind(new InetSocketAddress(from, 0));
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
            // The connection is given up: nothing depends on how its closing ends.
            if (e instanceof InterruptedException) Thread.currentThread().interrupt();
        }
    }
}
