package org.linkctl.cli

import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.cli.context.Failure
import org.linkctl.cli.imported.AnsibleInventory
import org.opentest4j.TestAbortedException
import spock.lang.Specification
import spock.lang.TempDir

/** How hosts of Ansible's inventories are reached: as ansible-inventory(1) says. */
class AnsibleInventorySpec extends Specification {
    static final Map<String, String> PORTS = ['hosts.ini': '''\
        [2001:db8::1]:2222 ansible_user=x
        [2001:db8::2] ansible_user=y
        [192.0.2.7]:22
        [1:2]x.example
        [gateways]
        a.example:2200
        b.example
        c.example:2201 ansible_port=9
        d ansible_host=d.example:2202
        2001:db8::3
        web[01:02].example:2203
        db-[y:B]
        fw[:4:2]
        [gateways:vars]
        ansible_port=1000
        '''.stripIndent(), 'hosts.yml': '''\
        all:
          hosts:
            "[2001:db8::1]:2222": {ansible_user: x}
            "[2001:db8::2]": {ansible_user: y}
            "[192.0.2.7]:22": {}
            "[1:2]x.example":
          children:
            gateways:
              vars: {ansible_port: 1000}
              hosts:
                a.example:2200: {}
                b.example: {}
                c.example:2201: {ansible_port: 9}
                d: {ansible_host: "d.example:2202"}
                2001:db8::3: {}
                web[01:02].example:2203: {}
                db-[y:B]: {}
                fw[:4:2]: {}
        '''.stripIndent()]

    /** Groups of one depth, of several, in two parents, and of a priority; files of every ending; what counts of them. */
    static final Map<String, String> PRECEDENCE = ['hosts.yml': '''\
        all:
          vars: {ansible_user: all, ansible_port: 1}
          children:
            zone:
              vars: {ansible_user: zone, ansible_port: 2}
              children: {deep: {vars: {ansible_port: 3}, hosts: {h1: {}, h2: {ansible_port: 5}, h3: {}, h4: {}}}}
            alpha:
              vars: {ansible_user: alpha, ansible_port: 4}
              hosts: {h1: {}, h2: {}}
            first: {vars: {ansible_user: first, ansible_group_priority: 10}, hosts: {h3: {}}}
            wide: {hosts: {h4: {}}}
        '''.stripIndent(),
        'group_vars/all.yml'         : 'ansible_user: files-of-all\nlist: [1, 2]\n',
        'group_vars/wide/b.yaml'     : '---\nansible_user: wide-b\n',
        'group_vars/wide/a.yml'      : 'ansible_user: wide-a\n',
        'group_vars/wide/more/c.json': '{"ansible_host": "wide.example"}',
        'group_vars/wide/.hidden.yml': 'ansible_host: hidden.example\n',
        'group_vars/wide/read.me'    : 'ansible_host: other.example\n',
        'group_vars/first'           : 'ansible_port: 77\n',
        'host_vars/h2.yml'           : 'ansible_port: 6\nansible_host: h2.example\n',
        'host_vars/h2.yaml'          : 'ansible_port: 7\n',
        'host_vars/h4.yml'           : '']

    @TempDir
    Path folder

    Path written(Map<String, String> files) {
        files.each { name, text ->
            def file = folder.resolve(name)
            Files.createDirectories(file.parent)
            Files.writeString(file, text)
        }
        folder.resolve(files.keySet().first())
    }

    static Map<String, String> read(Path file) {
        AnsibleInventory.read(file).targets().collectEntries { [(it.name() ?: it.ssh().host()): it.ssh().toString()] }
    }

    def 'ports behind names, addresses in brackets and ranges: #name'() {
        expect:
        read(written([(name): text])) == [
            '2001:db8::1': 'x@[2001:db8::1]:2222', '2001:db8::2': 'y@2001:db8::2', '192.0.2.7': '192.0.2.7:22', '1x.example': '1x.example', '2x.example': '2x.example',
            'a.example': 'a.example:2200', 'b.example': 'b.example:1000', 'c.example': 'c.example:9', d: 'd.example:2202', '2001:db8::3': '[2001:db8::3]:1000',
            'web01.example': 'web01.example:2203', 'web02.example': 'web02.example:2203', 'db-y': 'db-y:1000', 'db-z': 'db-z:1000', 'db-A': 'db-A:1000', 'db-B': 'db-B:1000',
            fw0: 'fw0:1000', fw2: 'fw2:1000', fw4: 'fw4:1000']

        where:
        name << PORTS.keySet()
        text = PORTS[name]
    }

    def 'a range that names no hosts is told with its line: #pattern'() {
        when:
        AnsibleInventory.read(written([(name): text.replace('PATTERN', pattern)]))

        then:
        def told = thrown(Failure)
        told.message.endsWith("$name:$place: '$pattern' names no hosts: $why")

        where:
        [name, text, place, pattern, why] << [['a.ini', 'good\n[g]\nPATTERN ansible_user=x\n', '3'], ['a.yml', 'all:\n  hosts:\n    good: {}\n    "PATTERN": {}\n', '4:5']].collectMany { file ->
            [
                'web[a:3]'     : 'a range is of two numbers, or of two letters',
                'web[03:01]'   : 'the range ends before it begins',
                'web[c:a]'     : 'the range ends before it begins',
                'fw[aa:ac]'    : 'a range is of two numbers, or of two letters',
                'fw[1:]'       : 'a range is of two numbers, or of two letters',
                'fw[01:100]'   : 'with a 0 before it, both ends of a range have as many digits',
                'fw[1:3:0]'    : 'the step of a range is a number above 0',
                'fw[1]:22'     : 'a range is [begin:end] or [begin:end:step]',
                'fw[1:3'       : 'its [ has no ]',
                'f[1:999][1:999]': 'they would be more than 100000',
            ].collect { pattern, why -> file + [pattern, why] }
        }
    }

    def 'of groups the deepest counts, then the last by name; files beside count before the inventory'() {
        expect:
        read(written(PRECEDENCE)) == [h1: 'files-of-all@h1:3', h2: 'files-of-all@h2.example:6', h3: 'files-of-all@h3:77', h4: 'wide-b@wide.example:3']
    }

    def 'what ansible-vault locked is told, a broken file beside with its place'() {
        given:
        def file = written(['hosts.ini': '[g]\nh\n', 'group_vars/g/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n6162\n', 'group_vars/g/plain.yml': 'ansible_user: x\n'])

        expect:
        read(file) == [h: 'x@h']
        AnsibleInventory.read(file).locked() == ['group_vars/g/vault.yml']

        when:
        written(['host_vars/h.yml': '- one\n'])
        AnsibleInventory.read(file)

        then:
        def told = thrown(Failure)
        told.message.endsWith('h.yml:1:1: variables is no mapping')
    }

    def 'ansible-inventory says the same: #name'() {
        given:
        if (!installed()) {
            println 'AnsibleInventorySpec: no ansible-inventory here, so nothing is compared with it'
            throw new TestAbortedException('no ansible-inventory')
        }
        // It takes neither an address in brackets without a port nor what would be a host with a port in ansible_host.
        def file = written(files.collectEntries { path, text -> [(path): text.readLines().findAll { !it.contains('2001:db8::2') && !it.contains('d.example:2202') }.join('\n') + '\n'] })

        expect:
        read(file) == ansible(file)

        where:
        name         | files
        'ini'        | PORTS.subMap('hosts.ini')
        'yaml'       | PORTS.subMap('hosts.yml')
        'precedence' | PRECEDENCE
    }

    static boolean installed() {
        System.getenv('PATH').split(':').any { Files.isExecutable(Path.of(it, 'ansible-inventory')) }
    }

    private Map<String, String> ansible(Path file) {
        def home = Files.createDirectories(folder.resolve('home')).toString()
        def run = new ProcessBuilder('ansible-inventory', '-i', file.toString(), '--list').directory(folder.toFile()).redirectError(folder.resolve('errors').toFile())
        run.environment().putAll([HOME: home, ANSIBLE_LOCALHOST_WARNING: '0'])
        def process = run.start()
        def listed = new ObjectMapper().readValue(process.inputStream.text, Map)
        assert process.waitFor() == 0
        def all = listed._meta.hostvars
        (all.keySet() + listed.values().collectMany { it.hosts ?: [] }).collectEntries { name ->
            def own = all[name] ?: [:]
            def address = own.ansible_host ?: name
            def shown = address.contains(':') && own.ansible_port ? "[$address]" : address
            [(name): (own.ansible_user ? own.ansible_user + '@' : '') + shown + (own.ansible_port ? ":$own.ansible_port" : '')]
        }
    }
}
