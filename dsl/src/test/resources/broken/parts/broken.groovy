site('a', lan: '10.1.0.0/33') {
    hots('a', os: LINUX, ssh: 'a')
}
bond('x', members: 'y')
