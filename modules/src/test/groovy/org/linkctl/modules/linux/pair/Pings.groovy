package org.linkctl.modules.linux.pair

import java.util.concurrent.TimeUnit

/** Pings to addresses of both families, ten a second, and how long none was answered. */
class Pings {
    private static final List<String> VIPS = ['10.1.0.1', 'fd00:1::1']
    private final List<Process> running
    private final List<List<Integer>> answered = []

    Pings(Router from, List<String> targets = VIPS) {
        running = targets.collect { from.start("exec ping -n -i 0.1 -W 1 $it") }
        // Only what comes after a first answer counts.
        running.eachWithIndex { ping, i ->
            def seen = Collections.synchronizedList([])
            answered << seen
            def reader = ping.inputReader()
            for (String line; seen.empty && (line = reader.readLine()) != null;) note(line, seen)
            Thread.startVirtualThread { reader.lines().forEach { note(it, seen) } }
        }
    }

    private static void note(String line, List<Integer> seen) {
        def found = line =~ /icmp_seq=(\d+) .*time=/
        if (!found) return
        synchronized (seen) {
            seen << (found[0][1] as int)
            seen.notifyAll()
        }
    }

    /** Ends them, once both were answered again: those lost of each. */
    List<Integer> lost() {
        end()
        answered.collect { seen -> (seen.last() - seen.first() + 1) - seen.size() }
    }

    /** Ends them: seconds of the longest time without an answer, of each. */
    List<BigDecimal> silence() {
        end()
        answered.collect { seen -> (seen.toSorted().collate(2, 1, false).collect { it[1] - it[0] }.max() ?: 0) / 10.0 }
    }

    private void end() {
        answered.each { seen ->
            synchronized (seen) {
                def enough = seen.last() + 5
                def until = System.nanoTime() + TimeUnit.SECONDS.toNanos(15)
                while (seen.last() < enough) {
                    def left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())
                    assert left > 0: "no answers any more: $seen"
                    seen.wait(left)
                }
            }
        }
        // It prints what it has counted, and ends: its output is read to the end.
        running.each { new ProcessBuilder('kill', '-INT', "${it.pid()}").start().waitFor(); it.waitFor() }
    }
}
