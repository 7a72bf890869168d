package org.linkctl.cli.imported;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.Failure;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * An Ansible inventory in YAML: groups with {@code hosts}, {@code children} and {@code vars}. Nothing is made of a tag: of the
 * nodes the texts are taken, and what {@code !vault} stands before is not read.
 */
final class AnsibleYaml {
    private static final int DEEPEST = 32;
    private static final Set<String> VAULT = Set.of("!vault", "!vault-encrypted");

    private final Path file;
    private final AnsibleInventory out;

    AnsibleYaml(Path file, AnsibleInventory out) {
        this.file = file;
        this.out = out;
    }

    void read(String text) {
        reading(text, root -> {
            for (NodeTuple one : mapping(root, "the file")) group(text(one.getKeyNode()), one.getValueNode(), 0);
        });
    }

    private void reading(String text, Consumer<Node> with) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root != null && !isEmpty(root)) with.accept(root);
        } catch (MarkedYAMLException e) {
            throw wrong(e.getProblemMark(), String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            throw wrong(null, String.valueOf(e.getMessage()));
        }
    }

    /** Those of a file that is a mapping of variables alone. */
    static Map<String, String> variables(Path file, String text) {
        Map<String, String> out = new LinkedHashMap<>();
        AnsibleYaml yaml = new AnsibleYaml(file, new AnsibleInventory());
        yaml.reading(text, root -> yaml.variables(root, out));
        return out;
    }

    private void group(String name, Node node, int depth) {
        if (depth > DEEPEST) throw wrong(node.getStartMark(), "groups within groups without end");
        AnsibleInventory.Group group = out.group(name);
        if (isEmpty(node)) return;
        for (NodeTuple part : mapping(node, "group " + name)) {
            Node value = part.getValueNode();
            if (isEmpty(value)) continue;
            switch (text(part.getKeyNode())) {
                case "hosts" -> hosts(group, value);
                case "children" -> {
                    for (NodeTuple child : mapping(value, "children of " + name)) {
                        String childName = text(child.getKeyNode());
                        group.children.add(childName);
                        group(childName, child.getValueNode(), depth + 1);
                    }
                }
                case "vars" -> variables(value, group.variables);
                default -> {} // what Ansible's plugins may add
            }
        }
    }

    private void hosts(AnsibleInventory.Group group, Node node) {
        for (NodeTuple one : mapping(node, "hosts")) {
            AnsiblePattern pattern = pattern(one.getKeyNode());
            for (String name : pattern.names()) {
                group.hosts.add(name);
                Map<String, String> variables = out.host(name, pattern.port());
                if (!isEmpty(one.getValueNode())) variables(one.getValueNode(), variables);
            }
        }
    }

    private AnsiblePattern pattern(Node node) {
        try {
            return AnsiblePattern.read(text(node));
        } catch (AnsiblePattern.Unreadable e) {
            throw wrong(node.getStartMark(), String.valueOf(e.getMessage()));
        }
    }

    /** Lists and mappings are none that say how a host is reached. */
    private void variables(Node node, Map<String, String> into) {
        for (NodeTuple one : mapping(node, "variables")) {
            if (one.getValueNode() instanceof ScalarNode scalar
                    && !VAULT.contains(scalar.getTag().getValue())) into.put(text(one.getKeyNode()), scalar.getValue());
        }
    }

    private Iterable<NodeTuple> mapping(Node node, String what) {
        if (node instanceof MappingNode mapping) return mapping.getValue();
        throw wrong(node.getStartMark(), what + " is no mapping");
    }

    private String text(Node node) {
        if (node instanceof ScalarNode scalar) return scalar.getValue();
        throw wrong(node.getStartMark(), "a name is a text");
    }

    private static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar
                && (scalar.getValue().isEmpty() || scalar.getValue().equals("null"));
    }

    private Failure wrong(@Nullable Mark at, String why) {
        return new Failure("--ansible: " + file
                + (at == null ? "" : ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1)) + ": " + why);
    }
}
