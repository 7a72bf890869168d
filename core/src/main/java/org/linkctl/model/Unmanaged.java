package org.linkctl.model;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a tunnel's end that linkctl does not log in to, such as a vendor's router.
 *
 * @param publicKey its own, 44 base64 characters
 * @param site whose LANs are behind it; null: none
 */
public record Unmanaged(String publicKey, @Nullable String site) {}
