playbook('parameters', about: 'declared wrongly') {
    int one = numberParameter('n')
    int two = numberParameter('n n', about: 'x', default: 1)
    String three = numberParameter('three', about: 'x', default: 2)
    String four = textParameter('four', about: 'x', default: 'a')
    String again = textParameter('four', about: 'x', default: 'a')
    Tunnel t = tunnelParameter('t', about: 'x', default: 'wg7')
    say four
}
