// What a method or a file gives is known by its kind alone.
fabric('kinds-of-values') {
    site('a') {
        host('a', os: 'LINUX'.toLowerCase(), ssh: '192.0.2.1') { nic('eth0', mtu: '1500'.trim(), dhcp: 'V4'.trim()) }
        host('b', os: kind(1), ssh: '192.0.2.2') { nic('eth0', mtu: [1500][0] == 1500 ? null : 1500) }
        host('c', os: LINUX, ssh: '192.0.2.3') {
            sysctl('net.ipv4.ip_forward', [1, 2].size() == 2 ? '1' : 0)
            user('ops', keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJl3dIeudNqd0DPMRD6OIh65tjkxFNOtGcWB3i4dWsQR a', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJl3dIeudNqd0DPMRD6OIh65tjkxFNOtGcWB3i4dWsQR b'], groups: ['wheel', 'wheel'])
            file('/opt/a', text: 'b')
            user('bob', keys: 'ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIJl3dIeudNqd0DPMRD6OIh65tjkxFNOtGcWB3i4dWsQR x')
            user('eve', keys: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJl3dIeudNqd0DPMRD6OIh65tjkxFNOtGcWB3i4dWsQ x')
            file('/usr/local/bin/report', text: 'x')
            timer('report', at: '06:00', run: '/usr/local/bin/report')
            file('/var/lock/x', text: 'y', mode: '0666')
            for (name in ['c', 'd/e']) file("/opt/a/$name", text: 'd')
        }
    }
}

def kind(int n) { n == 1 ? LINUX : FREEBSD }
