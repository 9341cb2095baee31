package io.github.externalstorage.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that runs in its own JVM, usually with another SDK. Its arguments are {@code
 * worker|activity-worker|storm-worker|passing-worker TASK_QUEUE storing|reading} or {@code
 * every-path TASK_QUEUE RUN} or {@code file-worker TASK_QUEUE DIRECTORY}. A worker prints READY,
 * takes {@code storing} and {@code reading} as commands, and ends on SIGTERM.
 */
public final class JavaProgram {

  private JavaProgram() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException {
    String taskQueue = arguments[1];
    String mode = arguments[2];
    try (Servers servers = new Servers();
        Participant participant = new Participant(servers)) {
      switch (arguments[0]) {
        case "every-path" -> participant.everyPath(taskQueue, mode).start();
        case "worker" -> {
          participant.setStoring(isStoring(mode));
          serve(JavaWorker.start(participant, taskQueue));
        }
        case "activity-worker" -> {
          participant.setStoring(isStoring(mode));
          serve(JavaWorker.startForActivities(participant, taskQueue));
        }
        case "storm-worker" -> {
          participant.setStoring(isStoring(mode));
          serve(JavaWorker.startForStorm(participant, taskQueue));
        }
        case "file-worker" ->
            serve(JavaWorker.start(Participant.onFiles(servers, Path.of(mode)), taskQueue));
        case "passing-worker" -> serve(JavaWorker.start(participant.withoutCodec(), taskQueue));
        default -> throw new IllegalArgumentException(List.of(arguments).toString());
      }
    }
  }

  private static void serve(JavaWorker worker) throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
    System.out.println("READY");
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      worker.setStoring(isStoring(command));
      System.out.println(command);
    }
  }

  private static boolean isStoring(String mode) {
    return switch (mode) {
      case "storing" -> true;
      case "reading" -> false;
      default -> throw new IllegalArgumentException(mode);
    };
  }
}
