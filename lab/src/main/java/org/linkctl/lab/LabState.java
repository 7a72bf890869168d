package org.linkctl.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What a running lab leaves in its folder so that a later process can find it: state.json.
 *
 * @param sockets the folder with the wires' and QEMUs' sockets
 * @param hosts the hosts that were started
 * @param wires the wires between them, in the order of the spec
 */
record LabState(String sockets, List<Host> hosts, List<WireSpec> wires) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String FILE = "state.json";

    /**
     * One host that was started.
     *
     * @param name its name
     * @param pid of its QEMU
     * @param port on 127.0.0.1 that leads to its sshd
     * @param login how to get in there
     */
    record Host(String name, long pid, int port, Login login) {}

    /**
     * A login of a host.
     *
     * @param user who logs in
     * @param keys files with private keys; none for those that ssh(1) tries by itself
     * @param shell what makes that user root's shell, which reads a script
     */
    record Login(String user, List<String> keys, String shell) {}

    static Path file(Path folder) {
        return folder.resolve(FILE);
    }

    static boolean existsIn(Path folder) {
        return Files.exists(file(folder));
    }

    static LabState read(Path folder) {
        try {
            return JSON.readValue(folder.resolve(FILE).toFile(), LabState.class);
        } catch (IOException e) {
            throw new LabException("there is no lab in " + folder + " (or its state.json is broken)", e);
        }
    }

    void write(Path folder) {
        try {
            Path part = folder.resolve(FILE + ".part");
            JSON.writeValue(part.toFile(), this);
            Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new LabException("cannot write " + folder.resolve(FILE), e);
        }
    }
}
