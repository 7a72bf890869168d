package org.linkctl.engine.script

/** The shells of this machine; every script has to run the same under all of them. */
class Shells {
    static final List<List<String>> ALL = [['dash', '-s'], ['bash', '--posix', '-s'], ['busybox', 'ash', '-s']]

    static final List<List<String>> PRESENT = ALL.findAll { words ->
        System.getenv('PATH').split(':').any { new File(it, words[0]).canExecute() }
    } ?: [['/bin/sh', '-s']]

    static <T> T talk(List<String> shell, Exchange<T> exchange, Map<String, String> environment = [:]) {
        ProcessBuilder builder = new ProcessBuilder(shell).redirectError(ProcessBuilder.Redirect.DISCARD)
        builder.environment().putAll(environment)
        Process process = builder.start()
        Thread.startDaemon {
            try {
                process.outputStream.withCloseable { it.write(exchange.input()) }
            } catch (IOException ignored) {
            }
        }
        try {
            return exchange.read(process.inputStream)
        } finally {
            process.waitFor()
        }
    }
}
