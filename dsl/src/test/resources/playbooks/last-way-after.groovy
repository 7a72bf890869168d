playbook('last-way-after', about: 'what is drained at the end of the steps is so in always') {
    drain('wg0')
    always { drain('wg1') }
}
