package org.linkctl.modules.linux.stack;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Link;
import org.linkctl.model.Vlan;

/** The files that interfaces have with those stacks where two interfaces may have one name of a file. */
public final class LinkFiles {
    private LinkFiles() {}

    /** @return absolute paths, of ifupdown and of networkd */
    public static List<String> of(Link link) {
        List<String> out = new ArrayList<>(List.of(
                InterfacesFiles.path(link.name()),
                InterfacesFiles.addressFile(link.name()),
                Networkd.own(link.name())));
        // A VLAN has a file of its own beside that of its link, not one for the link.
        if (!(link instanceof Vlan)) for (String member : link.lower()) out.add(Networkd.member(link.name(), member));
        return out;
    }
}
