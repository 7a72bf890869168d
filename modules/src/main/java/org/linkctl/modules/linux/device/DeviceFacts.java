package org.linkctl.modules.linux.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.kernel.RouteTables;
import org.linkctl.modules.linux.kernel.RoutesAcrossReload;
import org.linkctl.modules.linux.stack.BareHost;
import org.linkctl.modules.linux.stack.DeviceFiles;
import org.linkctl.modules.linux.stack.StackFacts;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/**
 * The kernel's interfaces, the stack's files, and routes.
 *
 * @param routes what a reload of the stack would take away
 * @param going the routes that may go with an interface
 */
public record DeviceFacts(Links links, StackFacts stack, RoutesAcrossReload routes, DependentRoutes going) {
    public static List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>(StackFacts.questions());
        out.add(Links.question());
        out.addAll(RoutesAcrossReload.questions());
        out.addAll(RouteTables.questions());
        return out;
    }

    public static DeviceFacts read(Answers answers) {
        return new DeviceFacts(
                Links.from(answers),
                StackFacts.from(answers),
                RoutesAcrossReload.read(answers),
                RouteTables.read(answers));
    }

    /** Of a bare host on which the interfaces beneath are there. */
    public static DeviceFacts bare(List<String> beneath) {
        Map<String, Links.Link> links = new TreeMap<>();
        for (String name : beneath) links.put(name, Links.Link.unknown(name));
        return new DeviceFacts(new Links(links), BareHost.STACK, RoutesAcrossReload.NONE, DependentRoutes.NONE);
    }

    /** Our files that make an interface. */
    public Map<String, String> files(String device) {
        DeviceFiles files = stack().requireDevices(device);
        Map<String, String> out = new TreeMap<>();
        stack().ours().forEach((path, text) -> {
            if (OurFiles.isOurs(text) && files.makes(device, path, text)) out.put(path, text);
        });
        return out;
    }

    /** An interface that has to be there, unless linkctl makes it in the same run. */
    public void require(String device, boolean made, String whatFor) {
        if (made || links().link(device).isPresent()) return;
        throw new Refused("there is no interface '" + device + "' for " + whatFor + "; there are "
                + String.join(", ", new TreeSet<>(links().byName().keySet())));
    }
}
