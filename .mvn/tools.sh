# need_ssh: the tests call OpenSSH's ssh, ssh-keygen and ssh-agent. Sourced, not run.
need_ssh() {
    for tool in ssh ssh-keygen ssh-agent ssh-add; do
        command -v "$tool" >/dev/null 2>&1 || missing=$tool
    done
    [ -n "${missing:-}" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing openssh-client on this machine, for the tests" >&2
        apt-get update -qq >&2 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openssh-client >&2
        return
    fi
    echo "The tests call $missing. Run: sudo apt-get update && sudo apt-get install -y openssh-client" >&2
    return 1
}
