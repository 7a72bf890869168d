package org.linkctl.dsl.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.NameList;
import org.linkctl.diag.Diagnostic;
import org.linkctl.dsl.report.InventoryException;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.ScriptPosition;

/**
 * Reads comma-separated values (RFC 4180), and what spreadsheets write for them: with a byte order mark, with
 * semicolons or tabs, with empty rows and columns at the end. The first record names the columns. What is ambiguous is
 * refused.
 */
public final class CsvFile {
    /** The first line by which Excel declares the separator. */
    private static final Pattern SEPARATOR_LINE = Pattern.compile("sep=(.)\\r?\\n?");

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');

    /** What a spreadsheet writes for a formula that failed. */
    private static final Pattern FORMULA_ERROR = Pattern.compile("#(REF!|N/A|NAME\\?|VALUE!|DIV/0!|NULL!|NUM!)");

    /** White space at either end, no-break and zero-width spaces included. */
    private static final Pattern EDGES = Pattern.compile("^[\\s\\u00a0\\u200b\\ufeff]+|[\\s\\u00a0\\u200b\\ufeff]+$");

    private final InventoryFolder files;
    private final String name;

    private CsvFile(InventoryFolder files, String name) {
        this.files = files;
        this.name = name;
    }

    public static List<Map<String, String>> read(InventoryFolder files, String name) {
        try {
            CsvFile csv = new CsvFile(files, name);
            return csv.rows(csv.records(csv.files.read(name)));
        } catch (InventoryException failure) {
            files.diagnostics().incomplete(failure);
            return List.of();
        }
    }

    private List<List<String>> records(String text) {
        Matcher told = SEPARATOR_LINE.matcher(text);
        boolean given = told.lookingAt();
        String rest = given ? text.substring(told.end()) : text;
        char separator = given ? told.group(1).charAt(0) : separator(rest);
        List<List<String>> records = new ArrayList<>();
        try (MappingIterator<String[]> lines = reader(separator).readValues(rest)) {
            while (lines.hasNextValue()) {
                List<String> fields =
                        Arrays.stream(lines.nextValue()).map(CsvFile::stripped).toList();
                if (fields.stream().anyMatch(field -> !field.isEmpty())) records.add(fields);
            }
        } catch (JsonProcessingException e) {
            throw refused("broken after row " + Math.max(records.size() - 1, 0) + ": "
                    + String.valueOf(e.getOriginalMessage())
                            .replaceFirst("(?s)[:;(].*", "")
                            .strip());
        } catch (IOException e) {
            throw refused("cannot be read: " + e.getMessage());
        }
        return records;
    }

    private static ObjectReader reader(char separator) {
        return CsvMapper.builder()
                .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .build()
                .readerFor(String[].class)
                .with(CsvSchema.emptySchema().withColumnSeparator(separator));
    }

    /** The separator that is most frequent in the first line, outside of quotes. */
    private char separator(String text) {
        String first = text.lines().findFirst().orElse("").replaceAll("\"[^\"]*\"", "");
        long most = 0;
        List<Character> found = new ArrayList<>();
        for (char one : SEPARATORS) {
            long count = first.chars().filter(c -> c == one).count();
            if (count == 0 || count < most) continue;
            if (count > most) found.clear();
            most = count;
            found.add(one);
        }
        if (found.size() < 2) return found.isEmpty() ? ',' : found.getFirst();
        throw refused("the first line has as many '" + found.get(0) + "' as '" + found.get(1)
                + "'; which one separates the columns?");
    }

    private List<Map<String, String>> rows(List<List<String>> records) {
        if (records.isEmpty()) throw refused("no columns; the file is empty, and its first line names the columns");
        List<String> columns = columns(records.getFirst());
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> each : records.subList(1, records.size())) rows.add(row(columns, each, rows.size() + 1));
        return rows;
    }

    private List<String> columns(List<String> header) {
        List<String> columns = withoutEmptyEnd(header, 0);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).isEmpty()) throw refused("column " + (i + 1) + " has no name");
            if (!seen.add(columns.get(i))) throw refused("two columns are named '" + columns.get(i) + "'");
        }
        return columns;
    }

    private Map<String, String> row(List<String> columns, List<String> record, int number) {
        List<String> values = withoutEmptyEnd(record, columns.size());
        if (values.size() != columns.size()) {
            throw refused("row " + number + " has " + values.size() + " values for " + columns.size() + " columns");
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (FORMULA_ERROR.matcher(values.get(i)).matches()) {
                throw refused("row " + number + " has " + values.get(i) + " for '" + columns.get(i)
                        + "': a formula of the spreadsheet failed");
            }
            row.put(columns.get(i), values.get(i));
        }
        return new Row(files.position(), name, row);
    }

    private static List<String> withoutEmptyEnd(List<String> fields, int least) {
        int size = fields.size();
        while (size > least && fields.get(size - 1).isEmpty()) size--;
        return fields.subList(0, size);
    }

    private static String stripped(String field) {
        return EDGES.matcher(field).replaceAll("");
    }

    private InventoryException refused(String why) {
        return files.failure("'" + MessageText.shown(name) + "': " + MessageText.shown(why, MessageText.LONG));
    }

    /** A row; reading a column that does not exist is an error at the line that reads it. */
    private static final class Row extends AbstractMap<String, String> {
        private final ScriptPosition position;
        private final String file;
        private final Map<String, String> values;

        Row(ScriptPosition position, String file, Map<String, String> values) {
            this.position = position;
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
            throw new InventoryException(Diagnostic.error(
                            position.here().at(),
                            "no column '" + MessageText.shown(wanted) + "' in " + MessageText.shown(file))
                    .detail("columns: " + NameList.of(values.keySet()))
                    .suggest(MessageText.suggestion(wanted, List.copyOf(values.keySet()))));
        }
    }
}
