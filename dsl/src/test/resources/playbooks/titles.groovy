playbook('titles', about: 'a number is no title') {
    step('3') { say 'x' }
    step(' ') { say 'x' }
    step('x')
    onFailure { onFailure { say 'x' } }
    verify(hosts: ['a-gw', 'c'])
    apply(only: 5, rotatePsk: 'wg5')
    drain('a')
}
playbook('second', about: 'x') { say 'x' }
