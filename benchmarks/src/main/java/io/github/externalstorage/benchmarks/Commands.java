package io.github.externalstorage.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;

/**
 * Handles commands from the harness: one line of JSON per command and per reply, until the input
 * ends.
 */
public final class Commands {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PrintStream REPLIES = System.out;

  static {
    // Any other output would be read as a reply.
    System.setOut(System.err);
  }

  private Commands() {}

  /** Executes commands in order; a failure ends the process. */
  public static <T> void serve(Class<T> type, Command<T> command) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      reply(command.run(JSON.readValue(line, type)));
    }
  }

  /** Writes one line. */
  public static void reply(Object reply) throws IOException {
    REPLIES.println(JSON.writeValueAsString(reply));
  }

  /** What a command does. */
  @FunctionalInterface
  public interface Command<T> {
    /** Runs it, and returns what is written as JSON. */
    Object run(T request) throws Exception;
  }
}
