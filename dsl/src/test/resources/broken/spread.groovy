fabric('spread') {
    site('a') {
        host('a', os: LINUX, ssh: '192.0.2.1') {
            packages(*['tcpdump', 'mtr'])
            def more = ['iperf3']
            packages('ethtool', *more)
        }
    }
}
