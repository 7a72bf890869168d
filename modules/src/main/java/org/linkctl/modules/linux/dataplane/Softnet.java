package org.linkctl.modules.linux.dataplane;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.spi.UnreadableFacts;

/**
 * What each processor has taken in since the boot: /proc/net/softnet_stat, a line for each, numbers in hexadecimal (kernel:
 * net/core/net-procfs.c, softnet_seq_show). The counters have 32 bits and begin anew.
 *
 * @param processors in their order
 */
record Softnet(List<Processor> processors) {
    static final String FILE = "/proc/net/softnet_stat";
    private static final int HEXADECIMAL = 16;
    private static final int PERCENT = 100;

    /**
     * One processor.
     *
     * @param packets that it took in
     * @param dropped of these, since its queue was full (net.core.netdev_max_backlog)
     * @param squeezed how often it stopped with packets left to do (net.core.netdev_budget, netdev_budget_usecs)
     */
    record Processor(long packets, long dropped, long squeezed) {}

    Softnet {
        processors = List.copyOf(processors);
    }

    static Softnet read(String text) {
        List<Processor> out = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split(" +", -1);
            if (words.length < 3 || !line.matches("[0-9a-f ]+")) {
                throw new UnreadableFacts(FILE + ": '" + line + "'; right would be hexadecimal numbers");
            }
            out.add(new Processor(number(words[0]), number(words[1]), number(words[2])));
        }
        return new Softnet(out);
    }

    private static long number(String word) {
        try {
            return Long.parseLong(word, HEXADECIMAL);
        } catch (NumberFormatException e) {
            throw new UnreadableFacts(FILE + ": '" + word + "' is no number of 32 bits");
        }
    }

    long packets() {
        return processors.stream().mapToLong(Processor::packets).sum();
    }

    long dropped() {
        return processors.stream().mapToLong(Processor::dropped).sum();
    }

    long squeezed() {
        return processors.stream().mapToLong(Processor::squeezed).sum();
    }

    /** Percent of all packets that the busiest processor took in; 0 where there were none. */
    int busiest() {
        long all = packets();
        long most = processors.stream().mapToLong(Processor::packets).max().orElse(0);
        return all == 0 ? 0 : (int) (PERCENT * most / all);
    }
}
