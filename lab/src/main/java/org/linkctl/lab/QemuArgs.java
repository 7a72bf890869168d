package org.linkctl.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a QEMU. A clone must have exactly the devices of the template it wakes up from, so both come
 * from here. Option names: qemu-system-x86_64(1).
 *
 * @param name what the process is called
 * @param accelerator "kvm" or "tcg"
 * @param boot the folder with vmlinuz and initrd
 * @param folder where its disk and logs are
 * @param sockets where its sockets are: a short path, since a unix socket's has at most 107 bytes
 * @param lifetime when it is ended if nobody ended it
 */
record QemuArgs(String name, String accelerator, Path boot, Path folder, Path sockets, Duration lifetime) {
    static final int MEMORY_MIB = 384;

    /** For a system that was not trimmed for the lab. */
    private static final int DISK_MEMORY_MIB = 512;

    /** First address for a wire's PCI device: eth1 is at 0x11. The kernel counts interfaces in this order. */
    private static final int WIRE_SLOT = 0x10;

    /**
     * One CPU, in a machine that could have two: for a machine that never has a second, QEMU before 8.1 leaves the
     * guest's memory barriers out of what it translates. Its network card runs in another thread all the same, and a
     * barrier that is missing there loses a wake-up: the card's queue stands still for good (seen with 7.2 after half a
     * minute of traffic at full speed: "transmit queue timed out").
     */
    private static final String CPUS = "1,maxcpus=2";

    static String wireSlot(int nic) {
        return "0x" + Integer.toHexString(WIRE_SLOT + nic);
    }

    /** The device of a host: {@code ram} shared with the file to make a template, or private to clone one. */
    List<String> words(Path ram, boolean share, String kernelWords) {
        List<String> words = new ArrayList<>(process());
        words.addAll(List.of("-M", "pc,memory-backend=ram0", "-m", Integer.toString(MEMORY_MIB)));
        words.addAll(List.of(
                "-object",
                "memory-backend-file,id=ram0,size=" + MEMORY_MIB + "M,mem-path=" + ram + ",share="
                        + (share ? "on" : "off")));
        words.addAll(logs());
        words.addAll(List.of(
                "-chardev",
                "socket,id=control,path=" + control() + ",server=on,wait=off",
                "-serial",
                "chardev:control"));
        words.addAll(List.of(
                "-kernel",
                boot.resolve("vmlinuz").toString(),
                "-initrd",
                boot.resolve("initrd").toString()));
        words.addAll(List.of("-append", kernel(kernelWords)));
        words.addAll(devices());
        return List.copyOf(words);
    }

    /** A host that boots from its disk by the BIOS, stopped before its first instruction: its wires come first. */
    List<String> wordsFromDisk() {
        List<String> words = new ArrayList<>(process());
        words.addAll(List.of("-M", "pc", "-m", Integer.toString(DISK_MEMORY_MIB), "-S"));
        words.addAll(logs());
        words.addAll(devices());
        return List.copyOf(words);
    }

    private List<String> process() {
        List<String> words = new ArrayList<>(List.of("setsid", "timeout", "-k", "10", lifetime.toSeconds() + "s"));
        words.addAll(List.of("qemu-system-x86_64", "-name", name));
        words.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-smp", CPUS));
        words.addAll(
                accelerator.equals("kvm")
                        ? List.of("-accel", "kvm", "-cpu", "host")
                        : List.of("-accel", "tcg,thread=multi,tb-size=128", "-cpu", "qemu64"));
        return words;
    }

    private List<String> logs() {
        return List.of(
                "-pidfile",
                folder.resolve("pid").toString(),
                "-serial",
                "file:" + folder.resolve("console.log"),
                "-qmp",
                "unix:" + qmp() + ",server=on,wait=off");
    }

    private List<String> devices() {
        List<String> words = new ArrayList<>(List.of(
                "-drive", "file=" + folder.resolve("disk.qcow2") + ",if=none,id=disk0,format=qcow2,cache=unsafe"));
        words.addAll(List.of("-device", "virtio-blk-pci,drive=disk0", "-device", "virtio-rng-pci"));
        // Port 0: QEMU takes a free one, and "info usernet" tells which.
        words.addAll(List.of("-netdev", "user,id=mgmt,ipv6=off,hostfwd=tcp:127.0.0.1:0-:22"));
        words.addAll(List.of("-device", "virtio-net-pci,netdev=mgmt,mac=52:54:00:00:00:01,romfile="));
        return words;
    }

    Path qmp() {
        return sockets.resolve(name + ".qmp");
    }

    Path control() {
        return sockets.resolve(name + ".ctl");
    }

    /**
     * Kernel words, see kernel-parameters.txt. Clocks are trusted and not calibrated, since calibration against a
     * busy emulator fails; no mitigations, since each costs emulated CPU and guards nothing here.
     */
    private static String kernel(String more) {
        return "console=ttyS0 net.ifnames=0 quiet panic=-1 mitigations=off nopti no_timer_check tsc=reliable"
                + " lpj=10000000 random.trust_cpu=1 " + more;
    }
}
