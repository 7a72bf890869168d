package org.linkctl.model;

import org.linkctl.diag.Place;

/** A kernel parameter that the user asked for by name. */
public record Sysctl(String host, String key, String value, Place at) implements Intent {}
