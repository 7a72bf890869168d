package org.linkctl.engine.run;

import java.util.List;
import org.linkctl.spi.Resource;

/** What a test's module wants: Groovy's own records are none to the bounds of {@code Module}. */
public record ToyWanted(String id, String path, String content, List<String> unknowns) implements Resource {}
