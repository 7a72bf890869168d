// What is no list of texts is none, and not an empty one.
fabric('json-no-list') {
    def data = json('parts/no-lists.json')
    site('a', lan: data.texts('one')) {
        host('a', os: LINUX, ssh: '192.0.2.1') {
            nic('eth0', address: '10.1.0.1/16')
            firewall { allow(from: data.texts(data.text('which')), proto: TCP, port: 22) }
        }
    }
}
