package org.linkctl.dsl;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;

/** Comma-separated values (RFC 4180); the first record names the columns. */
final class Csv {
    private Csv() {}

    static List<Map<String, String>> read(Loading loading, String name) {
        List<List<String>> records;
        try {
            records = parse(new DataFiles(loading).read(name));
        } catch (Thrown.Failure failure) {
            loading.missing(failure);
            return List.of();
        }
        if (records.isEmpty()) return List.of();
        List<String> columns = records.getFirst().stream().map(String::strip).toList();
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> each : records.subList(1, records.size())) {
            if (each.size() != columns.size()) {
                throw new DataFiles(loading)
                        .failure("'" + Words.shown(name) + "': row " + (rows.size() + 1) + " has " + each.size()
                                + " values for " + columns.size() + " columns");
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++)
                values.put(columns.get(i), each.get(i).strip());
            rows.add(new Row(loading, name, values));
        }
        return rows;
    }

    private static List<List<String>> parse(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') quoted = !quoted;
            else if (!quoted && c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (!quoted && c == '\n') {
                end(records, fields, field);
                fields = new ArrayList<>();
            } else if (quoted || c != '\r') field.append(c);
        }
        end(records, fields, field);
        return records;
    }

    private static void end(List<List<String>> records, List<String> fields, StringBuilder field) {
        fields.add(field.toString());
        field.setLength(0);
        if (fields.size() > 1 || !fields.getFirst().isBlank()) records.add(fields);
    }

    /** A row: asking for a column that is not there is an error at the asking line. */
    private static final class Row extends AbstractMap<String, String> {
        private final Loading loading;
        private final String file;
        private final Map<String, String> values;

        Row(Loading loading, String file, Map<String, String> values) {
            this.loading = loading;
            this.file = file;
            this.values = values;
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return values.entrySet();
        }

        @Override
        public String get(@Nullable Object column) {
            String value = values.get(column);
            if (value != null) return value;
            String wanted = String.valueOf(column);
            throw new Thrown.Failure(Diagnostic.error(
                            loading.here().at(), "no column '" + Words.shown(wanted) + "' in " + Words.shown(file))
                    .detail("columns: " + Words.shown(Words.list(values.keySet())))
                    .suggest(Given.near(wanted, List.copyOf(values.keySet()))));
        }
    }
}
