package org.linkctl.engine.script

/** The shells of this machine; every script has to run the same under all of them. */
class Shells {
    static final List<List<String>> ALL = [['dash', '-s'], ['bash', '--posix', '-s'], ['busybox', 'ash', '-s']]

    static final List<List<String>> PRESENT = ALL.findAll { words ->
        System.getenv('PATH').split(':').any { new File(it, words[0]).canExecute() }
    } ?: [['/bin/sh', '-s']]

    static <T> T talk(List<String> shell, Exchange<T> exchange, Map<String, String> environment = [:]) {
        inOne(shell, [exchange], environment).first()
    }

    /** Scripts one after another to one shell; each is sent when the one before has been answered. */
    static List inOne(List<String> shell, List<Exchange> exchanges, Map<String, String> environment = [:]) {
        ProcessBuilder builder = new ProcessBuilder(shell).redirectError(ProcessBuilder.Redirect.DISCARD)
        builder.environment().putAll(environment)
        Process process = builder.start()
        def replies = new BufferedInputStream(process.inputStream)
        try {
            ShellStart opening = new ShellStart(exchanges.first().limits())
            send(process, opening.input())
            opening.read(replies)
            return exchanges.collect {
                send(process, it.input())
                it.read(replies)
            }
        } finally {
            process.outputStream.close()
            process.waitFor()
        }
    }

    private static void send(Process process, byte[] input) {
        Thread.startDaemon {
            try {
                process.outputStream.write(input)
                process.outputStream.flush()
            } catch (IOException ignored) {
            }
        }
    }
}
