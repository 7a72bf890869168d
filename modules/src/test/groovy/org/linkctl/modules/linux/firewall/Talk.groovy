package org.linkctl.modules.linux.firewall

import groovy.transform.CompileStatic
import java.nio.charset.StandardCharsets

/**
 * A host that answers on TCP and UDP ports with whom it sees, and calls others: a process in a network namespace. Its
 * arguments are ports; each line of its input is a call, {@code ID PROTO SOURCE ADDRESS PORT}, and a line of its output, in
 * whatever order, {@code ID ANSWER}: who the other end saw and on which port, {@code reached}, {@code refused} or
 * {@code silent}.
 *
 * <p>{@code icmp} asks for an echo, and its port is none. {@code hold} and {@code again} are calls on one TCP connection, which stays open in between.
 */
@CompileStatic
class Talk {
    private static final int PATIENCE = 3000
    private static final Map<String, Socket> HELD = [:]

    static void main(String[] ports) {
        for (String port : ports) {
            def number = port as int
            def tcp = new ServerSocket(number)
            def udp = new DatagramSocket(number)
            Thread.startVirtualThread { serve(tcp) }
            Thread.startVirtualThread { serve(udp) }
        }
        println 'ready'
        System.in.eachLine { String line ->
            def words = line.split(' ')
            Thread.startVirtualThread { said(words[0], answer(words)) }
        }
    }

    private static synchronized void said(String id, String answer) {
        println "$id $answer"
        System.out.flush()
    }

    private static void serve(ServerSocket server) {
        while (true) {
            def one = server.accept()
            Thread.startVirtualThread {
                try {
                    while (one.inputStream.read() >= 0) one.outputStream.write("${seen(one.inetAddress)} ${server.localPort}\n".bytes)
                } catch (IOException gone) {
                    one.close()
                }
            }
        }
    }

    private static void serve(DatagramSocket socket) {
        while (true) {
            def packet = new DatagramPacket(new byte[100], 100)
            socket.receive(packet)
            def answer = "${seen(packet.address)} ${socket.localPort}".bytes
            socket.send(new DatagramPacket(answer, answer.length, packet.socketAddress))
        }
    }

    private static String seen(InetAddress address) {
        address.hostAddress.replaceAll(/%.*/, '').replaceAll(/(^|:)0(:0)+:/, '::')
    }

    private static String answer(String[] words) {
        try {
            if (words[1] == 'icmp') return InetAddress.getByName(words[3]).isReachable(NetworkInterface.getByInetAddress(InetAddress.getByName(words[2])), 0, PATIENCE) ? 'reached' : 'silent'
            def to = new InetSocketAddress(words[3], words[4] as int)
            return words[1] == 'udp' ? udp(InetAddress.getByName(words[2]), to) : tcp(words[1], InetAddress.getByName(words[2]), to)
        } catch (SocketTimeoutException e) {
            return 'silent'
        } catch (IOException e) {
            return 'refused'
        }
    }

    private static String tcp(String how, InetAddress from, InetSocketAddress to) {
        Socket socket = how == 'again' ? HELD['it'] : new Socket()
        if (how != 'again') {
            socket.bind(new InetSocketAddress(from, 0))
            socket.connect(to, PATIENCE)
            socket.soTimeout = PATIENCE
        }
        if (how == 'hold') HELD['it'] = socket
        socket.outputStream.write(1)
        def out = new BufferedReader(new InputStreamReader(socket.inputStream, StandardCharsets.UTF_8)).readLine()
        if (how == 'tcp') socket.close()
        out ?: 'refused'
    }

    private static String udp(InetAddress from, InetSocketAddress to) {
        def socket = new DatagramSocket(new InetSocketAddress(from, 0))
        try {
            socket.soTimeout = PATIENCE
            socket.connect(to)
            socket.send(new DatagramPacket([1] as byte[], 1))
            def packet = new DatagramPacket(new byte[100], 100)
            socket.receive(packet)
            return new String(packet.data, 0, packet.length)
        } finally {
            socket.close()
        }
    }
}
