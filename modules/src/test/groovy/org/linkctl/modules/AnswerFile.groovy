package org.linkctl.modules

import groovy.transform.CompileStatic
import java.util.regex.Matcher
import org.linkctl.plan.Manifest
import org.linkctl.shell.Fingerprints
import org.linkctl.shell.Secret
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Owned
import org.linkctl.spi.Published
import org.linkctl.spi.Question
import org.linkctl.spi.Secrets

/**
 * What a host answered, as a text that people can write, read and compare:
 *
 *     # a comment; header lines come first
 *     host a-gw
 *     published b-gw wireguard.wg0.public-key = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
 *     published b-gw wireguard.wg0.psk hidden = …
 *     own b-gw wireguard.wg0.public-key     of what was published: no other host can have it
 *     drained wg1                     a path that is being changed just now
 *     held wg1                        a path that a user has taken out of service
 *     outworn a-gw wireguard.wg0.psk hidden = …   what shall be made anew; also without `hidden`
 *     secret vpn/ab = …               what a secret of the user's says
 *
 *     == $ ip -j addr show            a command, as its words are shown; then what it printed
 *     -- exit 1                       where it did not end with 0
 *     -- stderr: no such device       one or several such lines
 *     -- unreadable: too long         in place of all that
 *     == < /etc/hostname              a file, then its content
 *     == < /etc/linkctl absent        == < /x unreadable: permission denied        == < /x hidden
 *
 * One empty line before the next `==` separates and is no content. `-- no newline at end` says what it says.
 */
@CompileStatic
class AnswerFile {
    String host = ''
    Map<String, Map<String, String>> plain = [:].withDefault { [:] }
    Map<String, Map<String, Secret>> hidden = [:].withDefault { [:] }
    Map<String, Set<String>> own = [:].withDefault { [] as Set }
    Map<String, Secret> given = [:]
    Map<String, Map<String, String>> outwornPlain = [:].withDefault { [:] }
    Map<String, Map<String, Secret>> outwornHidden = [:].withDefault { [:] }
    Map<String, Answer> blocks = [:]
    Set<String> drained = []
    Set<String> held = []
    /** What the host remembers of what linkctl owns, as a line of its manifest has it. */
    Map<String, Owned> owned = [:]
    /** Texts that must never be shown. */
    Set<String> secrets = []

    static AnswerFile read(File file) {
        def out = new AnswerFile()
        List<String> lines = file.readLines('UTF-8')
        int first = lines.findIndexOf { it.startsWith('== ') }
        if (first < 0) first = lines.size()
        lines.take(first).eachWithIndex { line, i -> out.header(line, "${file}:${i + 1}".toString()) }
        int start = first
        while (start < lines.size()) {
            int end = start + 1
            while (end < lines.size() && !lines[end].startsWith('== ')) end++
            List<String> body = lines.subList(start + 1, end)
            if (body && body.last().isEmpty()) body = body.dropRight(1)
            out.block(lines[start].substring(3), body, "${file}:${start + 1}".toString())
            start = end
        }
        out
    }

    /** These answers, with those of another file in front of them. */
    AnswerFile under(AnswerFile later) {
        def out = new AnswerFile(host: later.host ?: host, blocks: blocks + later.blocks, secrets: secrets + later.secrets, drained: drained + later.drained, held: held + later.held, owned: owned + later.owned)
        out.given.putAll(given + later.given)
        [this, later].each { AnswerFile source ->
            source.plain.each { name, values -> out.plain[name].putAll(values) }
            source.hidden.each { name, values -> out.hidden[name].putAll(values) }
            source.own.each { name, keys -> out.own[name].addAll(keys) }
            source.outwornPlain.each { name, values -> out.outwornPlain[name].putAll(values) }
            source.outwornHidden.each { name, values -> out.outwornHidden[name].putAll(values) }
        }
        out
    }

    Published published() {
        of(plain, hidden, own)
    }

    private static Published of(Map<String, Map<String, String>> plain, Map<String, Map<String, Secret>> hidden, Map<String, Set<String>> own) {
        new Published((plain.keySet() + hidden.keySet()).collectEntries { String name ->
            [(name): new Published.Values(plain[name], hidden[name], own[name])]
        } as Map<String, Published.Values>)
    }

    Secrets secretsGiven() {
        new Secrets(given, new Fingerprints(new byte[32]), of(outwornPlain, outwornHidden, [:].withDefault { [] as Set } as Map<String, Set<String>>))
    }

    static String key(Question question) {
        switch (question) {
            case Question.Command: return '$ ' + ((Question.Command) question).argv().render()
            case Question.ReadFile: return '< ' + ((Question.ReadFile) question).path()
            case Question.ReadSecret: return '< ' + ((Question.ReadSecret) question).path()
        }
        throw new IllegalStateException("$question")
    }

    /** The answers to these questions; a question without an answer fails, as a case would otherwise prove nothing. */
    Answers to(Collection<Question<?>> questions) {
        def missing = questions.findAll { !blocks.containsKey(key(it)) }
        if (missing) throw new AssertionError((Object) ('no answer in the case to:\n' + missing.collect { '== ' + key(it) }.unique().join('\n')))
        new Answers(questions.collectEntries { [(it): blocks[key(it)]] } as Map<Question<?>, Answer>)
    }

    private void header(String line, String at) {
        if (line.isBlank() || line.startsWith('#')) return
        Matcher m
        if ((m = line =~ /host (\S+)/).matches()) {
            host = m.group(1)
        } else if ((m = line =~ /published (\S+) (\S+) = (.*)/).matches()) {
            plain[m.group(1)][m.group(2)] = m.group(3)
        } else if ((m = line =~ /published (\S+) (\S+) hidden = (.*)/).matches()) {
            hidden[m.group(1)][m.group(2)] = new Secret(m.group(3))
            secrets << m.group(3)
        } else if ((m = line =~ /own (\S+) (\S+)/).matches()) {
            own[m.group(1)] << m.group(2)
        } else if ((m = line =~ /drained (\S+)/).matches()) {
            drained << m.group(1)
        } else if ((m = line =~ /held (\S+)/).matches()) {
            held << m.group(1)
        } else if ((m = line =~ /owned (.+)/).matches()) {
            owned.putAll(Manifest.parse(at, 'case', ['', 'format 1', m.group(1)]).owned())
        } else if ((m = line =~ /outworn (\S+) (\S+) = (.*)/).matches()) {
            outwornPlain[m.group(1)][m.group(2)] = m.group(3)
        } else if ((m = line =~ /outworn (\S+) (\S+) hidden = (.*)/).matches()) {
            outwornHidden[m.group(1)][m.group(2)] = new Secret(m.group(3))
            secrets << m.group(3)
        } else if ((m = line =~ /secret (\S+) = (.*)/).matches()) {
            given[m.group(1)] = new Secret(m.group(2))
            secrets << m.group(2)
        } else {
            throw new AssertionError((Object) "$at: neither 'host NAME' nor 'owned RESOURCE[; KEY=VALUE]' nor 'drained PATH' nor 'held PATH' nor 'secret NAME = VALUE' nor '[published|outworn] HOST KEY [hidden] = VALUE': '$line'")
        }
    }

    private void block(String header, List<String> body, String at) {
        Matcher m
        if (header.startsWith('$ ')) {
            put(header, output(body), at)
        } else if ((m = header =~ /(< \S+) absent/).matches()) {
            put(m.group(1), new Answer.Absent(), at)
        } else if ((m = header =~ /(< \S+) unreadable: (.+)/).matches()) {
            put(m.group(1), new Answer.Unreadable(m.group(2)), at)
        } else if ((m = header =~ /(< \S+) hidden/).matches()) {
            secrets << text(body).trim()
            put(m.group(1), new Answer.Hidden(new Secret(text(body))), at)
        } else if ((m = header =~ /< \S+/).matches()) {
            put(header, new Answer.Text(text(body)), at)
        } else {
            throw new AssertionError((Object) "$at: neither '\$ command' nor '< /path [absent|hidden|unreadable: why]': '$header'")
        }
    }

    private void put(String key, Answer answer, String at) {
        if (blocks.put(key, answer) != null) throw new AssertionError((Object) "$at: answered twice: $key")
    }

    private static Answer output(List<String> body) {
        if (body && body.first().startsWith('-- unreadable: ')) return new Answer.Unreadable(body.first().substring('-- unreadable: '.size()))
        int exit = 0
        List<String> errors = []
        int i = 0
        for (; i < body.size(); i++) {
            Matcher m
            if ((m = body[i] =~ /-- exit (\d+)/).matches()) exit = Integer.parseInt(m.group(1))
            else if ((m = body[i] =~ /-- stderr: (.*)/).matches()) errors << m.group(1)
            else break
        }
        new Answer.Output(exit, text(body.drop(i)), text(errors))
    }

    private static String text(List<String> lines) {
        if (lines && lines.last() == '-- no newline at end') return lines.dropRight(1).join('\n')
        lines ? lines.join('\n') + '\n' : ''
    }
}
