package org.linkctl.modules.frr;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;

/**
 * That a host takes no part in BGP any more. What others have configured stays: other daemons, and neighbours of their own in
 * the same instance, which then keeps what holds for all of it.
 */
record BgpGone(String module, Memory memory) implements BgpWanted {
    private static final String AS = "as";
    private static final String NEIGHBORS = "neighbors";
    private static final String ANNOUNCED = "announced";

    static Memory remember(BgpWant want) {
        return Memory.OWNED
                .with(AS, Long.toString(want.as()))
                .with(
                        NEIGHBORS,
                        want.neighbors().stream()
                                .map(one -> one.address().toString())
                                .toList())
                .with(ANNOUNCED, want.announce().stream().map(Object::toString).toList());
    }

    static BgpGone of(String module, Owned owned) {
        return new BgpGone(module, owned.memory());
    }

    @Override
    public String id() {
        return module;
    }

    Set<String> neighbors() {
        return Set.copyOf(memory.words(NEIGHBORS));
    }

    /** What of a configuration goes. */
    List<FrrLine> stale(List<FrrLine> lines, FrrFile file) {
        FrrOwned owned = new FrrOwned(neighbors(), lines);
        Set<FrrLine> outside = Set.copyOf(FrrDelta.plain(file.outside()));
        Set<FrrLine> block = Set.copyOf(FrrDelta.plain(file.block()));
        List<FrrLine> out = new ArrayList<>();
        FrrLine instance =
                memory.value(AS).map(as -> FrrLine.top("router bgp " + as)).orElse(FrrLine.top(""));
        boolean shared = lines.stream().anyMatch(line -> line.isIn(instance) && !owned.has(line) && !isOrdinary(line));
        // Once FRR has written the file all lines stand outside of the block.
        boolean saved = file.block().isEmpty();
        for (FrrLine line : lines) {
            boolean inside = line.equals(instance) || line.isIn(instance);
            boolean alone = inside && !shared;
            boolean said = block.contains(line) && !outside.contains(line);
            boolean added = said && inside && !line.equals(instance);
            boolean whole = line.equals(BgpLines.WHOLE_ROUTES) && (said || saved);
            if (owned.has(line) || alone || added || whole) out.add(line);
        }
        return out;
    }

    /** What linkctl says of an instance as a whole. */
    private boolean isOrdinary(FrrLine line) {
        return BgpLines.isOfWhole(line)
                || memory.words(ANNOUNCED).stream()
                        .anyMatch(prefix -> line.text().equals("network " + prefix));
    }

    /** Daemons that nothing of a configuration is for. */
    static Set<String> unused(List<FrrLine> left) {
        Set<String> out = new TreeSet<>();
        if (left.stream().noneMatch(line -> line.path().getFirst().startsWith("router bgp "))) out.add("bgpd");
        if (left.stream()
                .noneMatch(line ->
                        line.path().getFirst().equals("bfd") || line.text().contains(" bfd"))) out.add("bfdd");
        return out;
    }
}
