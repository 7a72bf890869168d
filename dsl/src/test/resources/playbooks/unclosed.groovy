playbook('unclosed', about: 'a brace is missing') {
    step('a') {
        verify()
    eachHost { host -> reboot(host) }
}
