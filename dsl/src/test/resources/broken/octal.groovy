fabric('x') {
  site('a', lan: '10.1.0.0/16') { host('a', os: LINUX, ssh: 'a.example') { nic('eth0', address: "10.1.0.${011}/16", mtu: 02734); sysctl('net.core.somaxconn', 0644) } }
  site('b', lan: '10.2.0.0/16') { host('b', os: LINUX, ssh: 'b.example') { nic('eth0', address: "10.2.0.1/16") } }
  tunnel('wg0') { end('a', port: 051020, address: '10.255.0.1/30'); end('b', port: 5_1820, address: '10.255.0.2/30', endpoint: '192.0.2.1') }
  tunnels('t', count: 02, ports: 05000..06000, transit: '10.254.0.0/24') { end('a'); end('b', endpoint: '192.0.2.1') }
  def z = [0, 0.5, 0x1F, 0b11, -010, 00, 0L, 010L, 1_000]
}
