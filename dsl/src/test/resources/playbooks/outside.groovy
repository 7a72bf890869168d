playbook('outside', about: 'words have braces that they stand in') {
    step('a') { String x = textParameter('x', about: 'x', default: 'y'); say x }
    say 'x'
}
void restart(Host host) { command(host, ['true']) }
List<String> words(int n) { ['echo'] + (1..n).collect { "w$it" } }
say 'y'
