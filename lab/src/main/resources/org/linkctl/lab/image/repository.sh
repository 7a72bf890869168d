# Part of customize.sh: packages that wait in file:/opt/repo, with what they need, since a lab host has no network.
# No Recommends (tree/etc/apt): one of them would pull in a kernel.
repo=$root/opt/repo
mkdir -p "$repo/partial"
in_root apt-get -qq -o APT::Sandbox::User=root install -y --download-only -o Dir::Cache::archives=/opt/repo $(words "$recipe/repository.txt")
in_root sh -c 'cd /opt/repo && apt-get -qq -o APT::Sandbox::User=root download nftables libnftables1'
rm -rf "$repo/partial" "$repo/lock"
(
    cd "$repo"
    for deb in *.deb; do
        in_root dpkg-deb -f "/opt/repo/$deb"
        printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$deb" "$(stat -c %s "$deb")" "$(sha256sum <"$deb" | cut -d' ' -f1)"
    done >Packages
    printf 'Origin: lab\nSuite: lab\nDate: %s\nSHA256:\n %s %s Packages\n' "$(LC_ALL=C date -u -R)" \
        "$(sha256sum <Packages | cut -d' ' -f1)" "$(stat -c %s Packages)" >Release
)
rm -rf "$root"/etc/apt/sources.list.d/* "$root"/var/lib/apt/lists/*
echo 'deb [trusted=yes] file:/opt/repo ./' >"$root/etc/apt/sources.list"
rm -f "$root"/etc/apt/apt.conf.d/99mmdebstrap
in_root apt-get -qq clean
in_root apt-get -qq update
