# find_jdk: prints the home of a JDK that is new enough; says what to install where there is none. Sourced, not run.
linkctl_jdk=25

jdk_major() { # HOME -> 25; nothing where HOME holds no JDK
    [ -x "$1/bin/javac" ] || return 0
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_jdk() {
    path_java=$(command -v javac 2>/dev/null || true)
    [ -z "$path_java" ] || path_java=$(dirname "$(dirname "$(readlink -f "$path_java")")")
    for home in "${LINKCTL_JAVA_HOME:-}" "${JAVA_HOME:-}" "$path_java" /usr/lib/jvm/* /opt/java/* /opt/jdk* \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /usr/local/openjdk-* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -n "$home" ] && [ -d "$home" ] || continue
        major=$(jdk_major "$home")
        [ -n "$major" ] && [ "$major" -ge "$linkctl_jdk" ] || continue
        echo "$home"
        return 0
    done
    {
        echo "linkctl needs a JDK $linkctl_jdk or later, and none was found in JAVA_HOME, on the PATH or in /usr/lib/jvm."
        echo "Install one (Debian 13: apt-get install openjdk-$linkctl_jdk-jdk; elsewhere: Temurin $linkctl_jdk from adoptium.net),"
        echo "or point LINKCTL_JAVA_HOME at it."
    } >&2
    return 1
}
