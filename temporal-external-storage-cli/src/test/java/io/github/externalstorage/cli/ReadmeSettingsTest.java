package io.github.externalstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The complete configuration in the README, from which the settings reference is made. */
final class ReadmeSettingsTest {

  private static final Pattern BLOCK =
      Pattern.compile("<!-- A test loads this. -->\n```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SECTION = Pattern.compile("( *)([a-z0-9\"*]+):(?: +#.*)?");
  private static final Pattern KNOWN =
      Pattern.compile("(\\S*?)\\.?zzzzzzzzz is not a setting; there are (.*)");

  @TempDir private Path folder;

  /** An unknown setting in every section makes the program name those that there are. */
  @ParameterizedTest
  @CsvSource({"codec-server, 12", "check, 12"})
  void namesEverySetting(String command, int atLeast) throws Exception {
    String complete = block();
    Path file = Files.writeString(folder.resolve("config.yaml"), withUnknownSettings(complete));

    Matcher known = KNOWN.matcher(run(command, file));

    List<String> missing = new ArrayList<>();
    int sections = 0;
    while (known.find()) {
      sections++;
      for (String name : known.group(2).split(", ", -1)) {
        if (!complete.matches("(?s)(.*[\\s{])?" + Pattern.quote(name) + ":.*")) {
          missing.add(known.group(1) + "." + name);
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(sections).isGreaterThanOrEqualTo(atLeast);
  }

  private static String withUnknownSettings(String yaml) {
    StringBuilder result = new StringBuilder("zzzzzzzzz: 1\n");
    for (String line : yaml.split("\n", -1)) {
      result.append(line).append('\n');
      Matcher section = SECTION.matcher(line);
      boolean list = line.contains("origins") || line.contains("groups");
      if (section.matches() && !list) {
        result.append(section.group(1)).append("  zzzzzzzzz: 1\n");
      }
    }
    return result.toString();
  }

  private static String run(String command, Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, UTF_8);
    CommandLine program =
        Main.commandLine(
            Map.of("TEMPORAL_API_KEY", "x"), InputStream.nullInputStream(), stream, stream);
    program.setErr(new PrintWriter(bytes, true, UTF_8));
    if (command.equals("check")) {
      program.execute(command, "--config", file.toString());
    } else {
      program.execute(command, "--check-config", file.toString());
    }
    return bytes.toString(UTF_8);
  }

  private static String block() throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
