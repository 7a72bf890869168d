package org.linkctl.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.linkctl.engine.Connection;
import org.linkctl.engine.StepResult;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** A Debian with nothing on it yet but the packages that are asked for, which keeps files and kernel parameters and knows no more. */
final class PracticeHost implements Connection {
    private final Map<String, String> files =
            new TreeMap<>(Map.of("/etc/os-release", "ID=debian\nVERSION_ID=\"13\"\n"));

    @Override
    public Answers ask(Collection<Question<?>> questions) {
        Map<Question<?>, Answer> answers = new HashMap<>();
        for (Question<?> question : questions) answers.put(question, answer(question));
        return new Answers(answers);
    }

    private Answer answer(Question<?> question) {
        return switch (question) {
            case Question.Command(Argv argv) -> said(argv.words());
            case Question.ReadFile(String path) when files.containsKey(path) -> new Answer.Text(files.get(path));
            case Question.ReadFile(String path) when path.startsWith("/proc/sys/") -> new Answer.Text("0\n");
            default -> new Answer.Absent();
        };
    }

    private Answer.Output said(List<String> words) {
        return switch (words.getFirst()) {
            case "stat" -> stat(words.subList(3, words.size()));
            case "dpkg-query" ->
                new Answer.Output(
                        0,
                        words.stream()
                                .skip(4)
                                .map(name -> name + " installed\n")
                                .collect(Collectors.joining()),
                        "");
            case "grep" -> new Answer.Output(0, lines(words.getLast()), "");
            default -> new Answer.Output(0, "", "");
        };
    }

    /** Each line of the files in a folder, behind the file's name, as grep(1) with {@code -rH} prints them. */
    private String lines(String folder) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(folder + "/"))
                .flatMap(file -> file.getValue().lines().map(line -> file.getKey() + ":" + line + "\n"))
                .collect(Collectors.joining());
    }

    /** stat(1) with mode (hexadecimal), owner and name. */
    private Answer.Output stat(List<String> paths) {
        StringBuilder out = new StringBuilder();
        StringBuilder missing = new StringBuilder();
        for (String path : paths) {
            if (files.containsKey(path))
                out.append("81a4 root:root ").append(path).append('\n');
            else if (files.keySet().stream().anyMatch(file -> file.startsWith(path + "/")))
                out.append("41ed root:root ").append(path).append('\n');
            else missing.append(path).append(": No such file or directory\n");
        }
        return new Answer.Output(missing.isEmpty() ? 0 : 1, out.toString(), missing.toString());
    }

    @Override
    public StepResult run(Step step) {
        switch (step) {
            case Step.PutFile(String path, String mode, Content.Plain content) -> files.put(path, content.text());
            case Step.WriteValue(String path, String value) -> files.put(path, value + "\n");
            default -> {}
        }
        return new StepResult(0, "");
    }

    @Override
    public void reconnect(Duration within) {}

    @Override
    public void close() {}
}
