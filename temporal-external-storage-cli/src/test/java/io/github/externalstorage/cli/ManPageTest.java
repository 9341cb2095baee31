package io.github.externalstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

final class ManPageTest {

  @Test
  void describesAllCommandsAndOptions(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("man1/page.1");

    ManPage.main(new String[] {file.toString()});

    CommandLine program = Main.commandLine(Map.of());
    assertThat(program.getSubcommands()).containsKeys("codec-server", "check");
    String page = Files.readString(file).replace("\\-", "-");
    assertThat(page).startsWith(".TH temporal-external-storage 1\n");
    program
        .getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(page).contains(".SS " + name + "\n");
              for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(page).contains(option.longestName());
              }
            });
  }

  @Test
  void hasNoLineThatTheFormatterWouldTakeForACommand() {
    CommandLine program = new CommandLine(new Program());

    String page = ManPage.render(program);

    assertThat(page).contains("\\&.hidden C:\\etemp\n", "\\&'quoted'\n");
  }

  @Command(
      name = "program",
      header = {".hidden C:\\temp", "'quoted'"})
  private static final class Program {}
}
