playbook('asked', about: 'words that give a value, and what they and the steps take') {
    say "${hasOtherWay('wg0')} ${hasOtherWay('ab0')} ${linkedTo('b-gw')*.name()}"
    if (hasOtherWay('a')) say 'of a site'
    say "${hasOtherWay(null)}"
    if (!hasOtherWay(sites.first())) refuse 'never'
    hasOtherWay(5) ? say('x') : say('y')
    say "${linkedTo('b-gq').size()}"
    say "${linkedTo(tunnels.first()).size()}"
    say "${linkedTo(['a', 7]).size()}"
    Host none = hosts.find { it.name() == 'none' }
    say "${linkedTo(none).size()}"
    say "${hasOtherWay(none)}"
    verify(hosts: 7)
    verify(hosts: ['a-gw', 7])
    apply(only: 5, rotatePsk: 6)
    watch('x', from: 1, to: 2)
    command('a-gw', ['x'], says: 5, lacks: 6, matches: 7)
    waitFor('a-gw', ['x'], kept: 8)
    textParameter('how', about: 5, default: 6, oneOf: ['7', 8])
    command(5, ['x'])
    command(tunnels.first(), ['x'])
    reboot(null)
    drain(5)
    undrain(true)
    say 5
    drainn('wg0')
}
