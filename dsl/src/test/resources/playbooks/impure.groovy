playbook('impure', about: 'reaches out') {
    say System.getenv('HOME')
    say 'ls'.execute().text
    say new Date().toString()
    @groovy.transform.CompileDynamic
    def x = 1
    command('a-gw', ['true'])
}
