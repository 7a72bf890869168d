"""Hosts to measure with: a network, mount, UTS and PID namespace each, this machine's own files below an overlay, an sshd.

All of them live in namespaces of the process that made them, and end with it: nothing is left behind.
"""
import json
import os
import subprocess
import sys
import time

NETWORK = "10.77"  # RFC 1918; on a bridge that leads nowhere
CAPTURE_PORT = 2222
# What a host shall have, for linkctl and for Ansible: kernel parameters, and files as of some tunnels.
SYSCTLS = {
    "net.ipv4.ip_forward": "1", "net.ipv4.tcp_syncookies": "1", "net.ipv4.conf.all.rp_filter": "2",
    "net.ipv4.fib_multipath_hash_policy": "1", "net.ipv4.conf.all.send_redirects": "0", "net.ipv4.tcp_mtu_probing": "1",
    "net.ipv4.conf.all.accept_redirects": "0", "net.ipv4.conf.all.log_martians": "1"}
FILES = {
    f"/etc/bench.d/tunnel{number}.{kind}": f"[{kind}]\nName=tunnel{number}\nKind=wireguard\nEndpoint=192.0.2.{number}:51820\n" * 8
    for number in range(1, 5) for kind in ("netdev", "network")}

SSHD = """HostKey /etc/ssh/bench_host_key
AuthorizedKeysFile /etc/ssh/bench_authorized_keys
StrictModes no
UsePAM no
UseDNS no
PermitRootLogin yes
PidFile none
MaxStartups 100
"""

# What a host runs: its own view of the file system, then sshd alone.
START = """
mount --make-rprivate /
mount -t overlay host -o lowerdir=/,upperdir={folder}/upper,workdir={folder}/work {folder}/root
cd {folder}/root
mount -t proc proc proc; mount -t sysfs sys sys; mount --bind /dev dev; mount -t tmpfs run run; mount -t tmpfs tmp tmp
mkdir -p run/sshd
hostname {name}
ip link set lo up
ip address add {address}/16 dev eth0
ip link set eth0 up
chroot . /usr/sbin/sshd -f /etc/ssh/bench_config {capture}
exec chroot . /usr/sbin/sshd -D -f /etc/ssh/bench_config
"""


def in_namespaces():
    """Starts this program again, in namespaces of its own."""
    if os.environ.get("LINKCTL_BENCH_INSIDE") == "1":
        return
    if os.geteuid() != 0:
        sys.exit("bench/fleet makes network namespaces: run it as root")
    os.environ["LINKCTL_BENCH_INSIDE"] = "1"
    os.execvp("unshare", ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, *sys.argv])


def address(number):
    """That of the host with that number, from 0 on."""
    return f"{NETWORK}.{number // 250 + 1}.{number % 250 + 1}"


def sh(text):
    subprocess.run(["/bin/sh", "-eu", "-c", text], check=True)


def proc(key):
    """Where the kernel has a parameter."""
    return f"/proc/sys/{key.replace('.', '/')}"


class Host:
    def __init__(self, number, folder):
        self.name = f"h{number}"
        self.address = address(number)
        self.folder = f"{folder}/{self.name}"
        self.number = number

    def start(self, key, public, capture):
        for part in ("upper/etc/ssh", "upper/root", "work", "root"):
            os.makedirs(f"{self.folder}/{part}", exist_ok=True)
        files = {"etc/ssh/bench_config": SSHD, "etc/ssh/bench_host_key": key, "etc/ssh/bench_authorized_keys": public}
        files.update({"root/.bashrc": "", "root/.profile": ""})
        for path, text in files.items():
            with open(os.open(f"{self.folder}/upper/{path}", os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write(text)
        # What this host is told on its second port is kept: the floor sends the same.
        force = 'ForceCommand tee -a /root/told | sh -c "$SSH_ORIGINAL_COMMAND"'
        options = f"-p {CAPTURE_PORT} -o '{force}'" if capture else "-t"
        text = START.format(folder=self.folder, name=self.name, address=self.address, capture=options)
        self.process = subprocess.Popen(
            ["unshare", "--net", "--mount", "--uts", "--pid", "--fork", "--kill-child", "/bin/sh", "-eu", "-c", "read -r go\n" + text],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        sh(f"ip link add v{self.number} type veth peer name eth0 netns {self.child()} && ip link set v{self.number} master br0 up")
        self.process.stdin.write(b"go\n")
        self.process.stdin.close()

    def child(self):
        """The first process inside: the one whose namespaces they are."""
        path = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        while not (children := open(path).read().split()):
            time.sleep(0.005)  # there is no event for a child of somebody else
        return children[0]

    def run(self, text):
        """Runs a program of the shell there, and returns what it printed."""
        return subprocess.run(["nsenter", "-t", self.child(), "-a", "-r", "-w", "/bin/sh", "-eu", "-c", text],
                              check=True, capture_output=True, text=True).stdout

    def forks(self):
        """How many processes have been started there, those of this question among them."""
        return int(self.run("cat /proc/sys/kernel/ns_last_pid"))

    def settle(self):
        """Waits until sshd has reaped the processes of every session."""
        while len(open(f"/proc/{self.child()}/task/{self.child()}/children").read().split()) > (self.number == 0):
            time.sleep(0.005)  # there is no event for a child of somebody else

    def cpu(self):
        """Seconds that sshd and all its processes that have ended have used."""
        with open(f"/proc/{self.child()}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")

    def reset(self):
        """As new: other values, none of linkctl's or Ansible's files."""
        values = "\n".join(f"echo {1 - min(int(value), 1)} >{proc(key)}" for key, value in SYSCTLS.items())
        self.run("rm -rf /var/lib/linkctl /run/linkctl /etc/sysctl.d/*linkctl* /etc/sysctl.d/99-bench.conf /etc/bench.d\n" + values)

    def state(self):
        """What SYSCTLS and FILES are about, as it is there."""
        return self.run("cat " + " ".join(proc(key) for key in SYSCTLS) + " /etc/bench.d/*; stat -c '%n %a' /etc/bench.d/*")


class Fleet:
    def __init__(self, folder, count):
        self.folder = folder
        sh(f"mount --make-rprivate / && mount -t tmpfs bench {folder}")
        os.chmod(folder, 0o700)
        for name in ("id", "host_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f", f"{folder}/{name}"], check=True)
        key, public = open(f"{folder}/host_key").read(), open(f"{folder}/id.pub").read()
        sh(f"ip link set lo up && ip link add br0 type bridge && ip address add {NETWORK}.0.1/16 dev br0 && ip link set br0 up")
        self.hosts = [Host(number, folder) for number in range(count)]
        for host in self.hosts:
            host.start(key, public, host.number == 0)
        self.clients(open(f"{folder}/host_key.pub").read())
        for host in self.hosts:
            self.await_login(host)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        for host in self.hosts:
            host.process.kill()
        subprocess.run(["umount", "--lazy", self.folder], check=True)

    def clients(self, public):
        with open(f"{self.folder}/known_hosts", "w") as file:
            file.write(f"{NETWORK}.* {public}[{NETWORK}.*]:{CAPTURE_PORT} {public}")
        with open(f"{self.folder}/ssh_config", "w") as file:
            file.write(f"Host *\n User root\n IdentityFile {self.folder}/id\n IdentitiesOnly yes\n GlobalKnownHostsFile /dev/null\n"
                       f" UserKnownHostsFile {self.folder}/known_hosts\n StrictHostKeyChecking yes\n LogLevel ERROR\n KexAlgorithms curve25519-sha256\n")

    def await_login(self, host):
        words = ["ssh", "-F", f"{self.folder}/ssh_config", "-o", "ConnectionAttempts=60", host.address, "true"]
        subprocess.run(words, check=True, stdin=subprocess.DEVNULL)

    def inventory(self, numbers, name, port=22):
        """linkctl's inventory of these hosts."""
        path = f"{self.folder}/{name}.groovy"
        words = "".join(f"            sysctl('{key}', {value})\n" for key, value in SYSCTLS.items())
        words += "".join(f"            file('{path}', text: {json.dumps(text)})\n" for path, text in FILES.items())
        with open(path, "w") as file:
            file.write(f"fabric('bench') {{\n    site('s', lan: '{NETWORK}.0.0/16') {{\n")
            for number in numbers:
                file.write(f"        host('h{number}', os: LINUX, ssh: 'root@{address(number)}:{port}', become: NONE) {{\n{words}        }}\n")
            file.write("    }\n}\n")
        return path

    def dead(self, count):
        """Numbers of hosts that drop all they are sent."""
        numbers = range(len(self.hosts), len(self.hosts) + count)
        for number in numbers:
            sh(f"ip neighbour replace {address(number)} lladdr 02:00:00:00:00:01 dev br0 nud permanent")
        return numbers

    def told(self):
        """What linkctl told the first host for a plan, by the port that keeps it."""
        return f"{self.hosts[0].folder}/upper/root/told"

    def reset(self):
        for host in self.hosts:
            host.reset()
