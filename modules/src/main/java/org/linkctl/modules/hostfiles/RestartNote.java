package org.linkctl.modules.hostfiles;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.HostService;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;

/**
 * What a host notes while a service is to be restarted, since a file of its changed: written before the file, removed after
 * the restart. So a restart is not lost where a run ends in between.
 */
public final class RestartNote {
    private static final String FOLDER = "/var/lib/linkctl/restarts/";
    private static final String TEXT = "to be restarted\n";

    private RestartNote() {}

    private static String path(String service) {
        return FOLDER + service;
    }

    static Question.ReadFile question(String service) {
        return Question.file(path(service));
    }

    static boolean read(String service, Answers answers) {
        return answers.to(question(service)).isPresent();
    }

    static Change made(String service) {
        return Change.file(path(service), null, TEXT);
    }

    static Step make(String service) {
        return Step.put(path(service), "0600", TEXT);
    }

    /** The change that ends it; as it is, or will be once the files of this run are written. */
    public static Change ended(String service) {
        return Change.file(path(service), TEXT, null);
    }

    public static Step end(String service) {
        return new Step.RemoveFile(path(service));
    }

    /**
     * What has to be known of a service.
     *
     * @param files that it is restarted for
     */
    public record Watched(String service, List<FileWant> files) {
        public Watched {
            files = List.copyOf(files);
        }

        public static Watched of(Scope scope, HostService service) {
            return new Watched(
                    service.name(),
                    FileWant.all(scope).stream()
                            .filter(file -> service.restartOn().contains(file.path()))
                            .toList());
        }

        /** What is not known yet of its files, so that nobody knows whether it is to be restarted. */
        public List<String> unknowns() {
            Set<String> out = new LinkedHashSet<>();
            files.forEach(file -> out.addAll(file.unknowns()));
            return List.copyOf(out);
        }

        public List<Question<?>> questions() {
            Set<Question<?>> out = new LinkedHashSet<>(List.of(question(service)));
            for (FileWant file : files) out.addAll(FileFacts.questions(file));
            return new ArrayList<>(out);
        }

        /** Whether a file of this run, or of one before it that came to no restart, has it started anew. */
        public boolean isDue(Answers answers) {
            boolean noted = read(service, answers);
            boolean changing = files.stream().anyMatch(file -> FileDiff.touches(file, FileFacts.read(file, answers)));
            return noted || changing;
        }
    }
}
