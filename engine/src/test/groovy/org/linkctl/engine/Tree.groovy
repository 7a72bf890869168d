package org.linkctl.engine

import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import java.nio.file.attribute.PosixFileAttributes
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest

/** Every file, link and folder below one that a test takes for a host's root, with kind, mode, owner, and content or where it leads. */
class Tree {
    static Map<String, String> of(Path root) {
        Files.walk(root).withCloseable { paths -> paths.toList() }.collectEntries { path -> [root.relativize(path).toString(), described(path)] }
    }

    private static String described(Path path) {
        def is = Files.readAttributes(path, PosixFileAttributes, LinkOption.NOFOLLOW_LINKS)
        String what = is.symbolicLink ? "-> ${Files.readSymbolicLink(path)}" : is.directory ? 'folder' : MessageDigest.getInstance('SHA-256').digest(Files.readAllBytes(path)).encodeHex()
        "${PosixFilePermissions.toString(is.permissions())} ${is.owner()}:${is.group()} $what"
    }
}
