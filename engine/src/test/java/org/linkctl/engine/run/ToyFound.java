package org.linkctl.engine.run;

import java.util.Optional;

/** What a test's module finds. */
public record ToyFound(Optional<String> content) {}
