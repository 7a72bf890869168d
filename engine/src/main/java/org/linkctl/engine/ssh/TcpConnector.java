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
        String cure = "AddressFamily of ssh_config(5) leaves none of its addresses";
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
                cure = cure(e, options.port());
                closeQuietly(socket);
            }
        }
        throw new Unreachable(Unreachable.Stage.PORT, options.place() + ": " + why, null, cure);
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
                    Unreachable.Stage.NAME,
                    zone < 0
                            ? "no such name: " + options.hostname()
                            : "no interface " + options.hostname().substring(zone + 1) + " here: " + options.hostname(),
                    e,
                    "correct ssh: in the inventory, or give the name an address: in DNS, in /etc/hosts, or by HostName in"
                            + " ssh_config");
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

    private static String cure(IOException e, int port) {
        return switch (e) {
            case SocketTimeoutException _ ->
                "look whether the host is up and no firewall between drops TCP " + port
                        + "; where it is reached by another host, say so: ProxyJump in ssh_config";
            case NoRouteToHostException _ ->
                "look whether the host is up, and at the route to it from here (ip route get), or at a firewall that rejects"
                        + " TCP " + port;
            case ConnectException _ ->
                "start sshd there, or say where it listens: ssh: 'USER@HOST:PORT', or Port in ssh_config";
            default ->
                "look at the addresses and interfaces of this machine (ip address), and at BindAddress and BindInterface for"
                        + " this host in ssh_config";
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
