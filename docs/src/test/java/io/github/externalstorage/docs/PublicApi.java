package io.github.externalstorage.docs;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** What users of a module can compile against: public classes and their members, by javap. */
final class PublicApi {

  private static final Pattern INTERNAL = Pattern.compile("[/\\\\]internal[/\\\\]");
  private static final Pattern CLASS = Pattern.compile("(?m)^Compiled from .*\\R");
  private static final Pattern ARTIFACT =
      Pattern.compile("<dependency>.*?<artifactId>(.*?)</artifactId>", Pattern.DOTALL);

  private PublicApi() {}

  /** The artifacts that the BOM manages. The operator's program is not to be compiled against. */
  static List<String> modules() {
    String bom = Repository.read(Repository.ROOT.resolve("temporal-external-storage-bom/pom.xml"));
    return ARTIFACT.matcher(bom).results().map(result -> result.group(1)).toList();
  }

  /** The listing of a compiled module: a line for each class, followed by those of its members. */
  static String list(String module) {
    Map<String, List<String>> classes = new HashMap<>();
    Path folder = Repository.ROOT.resolve(module).resolve("target/classes");
    List<Path> files =
        Repository.find(folder, ".class").stream()
            .filter(file -> !INTERNAL.matcher(file.toString()).find())
            .toList();
    // One call, since each takes a while to start. It describes the classes in their order.
    List<String> described = CLASS.splitAsStream(javap(files)).skip(1).toList();
    for (int i = 0; i < files.size(); i++) {
      classes.put(nameOf(files.get(i)), described.get(i).lines().toList());
    }
    return classes.keySet().stream()
        .filter(name -> isPublic(name, classes))
        .map(classes::get)
        .map(PublicApi::format)
        .sorted()
        .collect(joining());
  }

  private static String javap(List<Path> files) {
    StringWriter printed = new StringWriter();
    PrintWriter out = new PrintWriter(printed);
    Stream<String> options = Stream.of("-protected", "-constants");
    String[] arguments =
        Stream.concat(options, files.stream().map(Path::toString)).toArray(String[]::new);
    if (ToolProvider.findFirst("javap").orElseThrow().run(out, out, arguments) != 0) {
      throw new IllegalStateException("javap failed: " + printed);
    }
    return printed.toString();
  }

  private static String nameOf(Path file) {
    return file.toString().replaceFirst("\\.class$", "");
  }

  /** Whether it and the classes around it are public. */
  private static boolean isPublic(String name, Map<String, List<String>> classes) {
    int nested = name.lastIndexOf('$');
    List<String> lines = classes.get(name);
    return lines != null
        && lines.get(0).startsWith("public ")
        && (nested < 0 || isPublic(name.substring(0, nested), classes));
  }

  private static String format(List<String> lines) {
    String header = lines.get(0).replaceFirst(" \\{$", "");
    Stream<String> members = lines.stream().skip(1).filter(line -> line.startsWith("  ")).sorted();
    return Stream.concat(Stream.of(header), members).collect(joining("\n", "", "\n"));
  }
}
