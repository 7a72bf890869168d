# find_maven: prints a Maven to run; fetches one where there is none. Sourced, not run.
maven_version=3.9.11
maven_sha512=bcfe4fe305c962ace56ac7b5fc7a08b87d5abd8b7e89027ab251069faebee516b0ded8961445d6d91ec1985dfe30f8153268843c89aa392733d1a3ec956c9978

recent_enough() { # "3.8.7" -> is it 3.8 or later?
    major=${1%%.*}
    rest=${1#*.}
    minor=${rest%%.*}
    [ "$major" -gt 3 ] || { [ "$major" -eq 3 ] && [ "$minor" -ge 8 ]; }
}

fetch_maven() { # DIR: leaves Maven in DIR, or nothing at all
    base=${MVNW_REPOURL:+$MVNW_REPOURL/org/apache/maven/apache-maven/$maven_version}
    url=${base:-https://archive.apache.org/dist/maven/maven-3/$maven_version/binaries}/apache-maven-$maven_version-bin.tar.gz
    echo "Fetching Maven $maven_version into $1" >&2
    mkdir -p "$1.part" || return 1
    if { curl -fsSL -o "$1.part/maven.tgz" "$url" || wget -q -O "$1.part/maven.tgz" "$url"; } 2>/dev/null &&
        echo "$maven_sha512  $1.part/maven.tgz" | sha512sum -c - >/dev/null 2>&1 &&
        tar -xzf "$1.part/maven.tgz" -C "$1.part"; then
        mv "$1.part/apache-maven-$maven_version" "$1"
    fi
    rm -rf "$1.part"
    [ -x "$1/bin/mvn" ]
}

find_maven() {
    if command -v mvn >/dev/null 2>&1; then
        version=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
        [ -n "$version" ] && recent_enough "$version" && { command -v mvn; return 0; }
    fi
    dir=${XDG_CACHE_HOME:-${HOME:-}/.cache}/linkctl/maven-$maven_version
    [ -x "$dir/bin/mvn" ] || { mkdir -p "$(dirname "$dir")" && fetch_maven "$dir"; } || true
    [ -x "$dir/bin/mvn" ] && { echo "$dir/bin/mvn"; return 0; }
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Maven $maven_version could not be fetched; installing Debian's package maven" >&2
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends maven; } >&2 || return 1
        command -v mvn && return 0
    fi
    echo "linkctl builds with Maven 3.8 or later. Install it: sudo apt-get install -y maven" >&2
    return 1
}
