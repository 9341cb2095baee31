package io.github.externalstorage.docs;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The settings of the operator's program: those of its file from the complete one in its README,
 * and the options of its commands from the commands.
 */
final class ProgramSettings {

  private static final Pattern COMPLETE_FILE =
      Pattern.compile("<!-- A test loads this. -->\n```yaml\n(.*?)```", Pattern.DOTALL);

  /** A setting, which may be commented out since it excludes another one. */
  private static final Pattern LINE =
      Pattern.compile("( *)(?:# )?([\"*A-Za-z0-9-]+):(?: +([^#]*?))?(?: *# *(.*))?");

  private static final Pattern NAMESPACE = Pattern.compile("namespaces\\.[^.*]+");
  private static final Pattern GROUP = Pattern.compile("jwt\\.groups\\.[^.]+");

  private ProgramSettings() {}

  static String toMarkdown() throws ReflectiveOperationException {
    return """

        Its [README](../temporal-external-storage-cli/README.md#configuration) has a complete file to start
        from, and explains it.

        | Setting | Example | Notes |
        | --- | --- | --- |
        """
        + fileRows()
        + "\nThe options of the commands; each also has `--help` and `--version`:\n\n"
        + "| Command | Option | What it does |\n| --- | --- | --- |\n"
        + optionRows();
  }

  private static String fileRows() {
    Matcher block =
        COMPLETE_FILE.matcher(
            Repository.read(Repository.ROOT.resolve("temporal-external-storage-cli/README.md")));
    if (!block.find()) {
      throw new AssertionError("The README of the program has no complete file");
    }
    Map<String, String> rows = new LinkedHashMap<>();
    TreeMap<Integer, String> path = new TreeMap<>();
    for (String text : block.group(1).split("\n", -1)) {
      Matcher line = LINE.matcher(text);
      if (!line.matches()) {
        continue;
      }
      int indent = line.group(1).length();
      path.tailMap(indent, true).clear();
      path.put(indent, line.group(2).replace("\"", ""));
      String example = group(line, 3);
      String notes = group(line, 4);
      if (!example.isEmpty() || !notes.isEmpty()) {
        String name = generalize(String.join(".", path.values()));
        rows.putIfAbsent(
            name,
            "| `%s` | %s | %s |\n"
                .formatted(name, example.isEmpty() ? "" : "`" + example + "`", notes));
      }
    }
    return String.join("", rows.values());
  }

  /** The namespaces of the example stand for any. */
  private static String generalize(String path) {
    String general = NAMESPACE.matcher(path).replaceFirst("namespaces.NAME");
    return GROUP.matcher(general).replaceFirst("jwt.groups.NAME");
  }

  private static String group(Matcher line, int number) {
    String text = line.group(number);
    return text == null ? "" : text.strip().replace("|", "\\|");
  }

  private static String optionRows() throws ReflectiveOperationException {
    Method create =
        Class.forName("io.github.externalstorage.cli.Main")
            .getDeclaredMethod("commandLine", Map.class);
    create.setAccessible(true);
    CommandLine program = (CommandLine) create.invoke(null, Map.of());
    List<String> rows = new ArrayList<>();
    program
        .getSubcommands()
        .forEach(
            (name, command) -> {
              command
                  .getCommandSpec()
                  .positionalParameters()
                  .forEach(it -> rows.add(row(name, it.paramLabel(), it.description())));
              command.getCommandSpec().options().stream()
                  .filter(it -> !it.usageHelp() && !it.versionHelp())
                  .forEach(it -> rows.add(row(name, syntax(it), description(it))));
            });
    return String.join("", rows);
  }

  private static String syntax(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static String[] description(OptionSpec option) {
    return new String[] {
      String.join(" ", option.description())
          .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()))
    };
  }

  private static String row(String command, String syntax, String[] description) {
    return "| `%s` | `%s` | %s |\n"
        .formatted(
            command,
            syntax,
            List.of(description).stream().collect(Collectors.joining(" ")).replace("|", "\\|"));
  }
}
