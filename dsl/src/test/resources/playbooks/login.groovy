playbook('login', about: 'who logs in is the name of a user') {
    step('one', login: '-oProxyCommand=x') { say 'a' }
    step('two', login: 'root') { say 'b' }
    step('three', login: '') { say 'c' }
    step('four', user: 'root') { say 'd' }
}
