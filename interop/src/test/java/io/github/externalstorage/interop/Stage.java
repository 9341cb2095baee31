package io.github.externalstorage.interop;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The workers, servers and programs of a test. All are closed when it ends, in reverse order. */
final class Stage implements Closeable {

  private final Servers servers;
  private final Deque<Closeable> entered = new ArrayDeque<>();

  Stage(Servers servers) {
    this.servers = servers;
  }

  Bucket bucket() {
    return servers.bucket();
  }

  /** A starter in Java, on the newest SDK. */
  Participant java() {
    return enter(new Participant(servers));
  }

  /** The same, which stores every payload. */
  Participant javaStoringAll() {
    return enter(Participant.storingAll(servers));
  }

  /** A worker in Java that stores every payload. */
  JavaWorker javaWorkerStoringAll(String taskQueue) {
    return enter(JavaWorker.start(Participant.storingAll(servers), taskQueue));
  }

  /** The same, for activities only. */
  JavaWorker javaActivityWorkerStoringAll(String taskQueue) {
    return enter(JavaWorker.startForActivities(Participant.storingAll(servers), taskQueue));
  }

  /** A starter in Java that stores every payload in Google Cloud Storage. */
  Participant javaStoringAllInGcs() {
    return enter(Participant.storingAllInGcs(servers));
  }

  /** A worker in Java that stores every payload in Google Cloud Storage. */
  JavaWorker javaWorkerStoringAllInGcs(String taskQueue) {
    return enter(JavaWorker.start(Participant.storingAllInGcs(servers), taskQueue));
  }

  /** A starter in Java that stores in files. */
  Participant javaOnFiles(Path directory) {
    return enter(Participant.onFiles(servers, directory));
  }

  /** A worker in Java, on the newest SDK. */
  JavaWorker javaWorker(String taskQueue) {
    return enter(JavaWorker.start(new Participant(servers), taskQueue));
  }

  /** The same, for activities only. */
  JavaWorker javaActivityWorker(String taskQueue) {
    return enter(JavaWorker.startForActivities(new Participant(servers), taskQueue));
  }

  /** Our codec server. */
  JavaCodecServer javaCodecServer() throws IOException {
    return enter(JavaCodecServer.start(new Participant(servers)));
  }

  /** A browser that saves what it downloads in this folder. */
  Browser browser(Path downloads) {
    return enter(new Browser(downloads));
  }

  /** Temporal's CLI, on the servers of this run. */
  Program temporal(String... arguments) throws IOException {
    return enter(Program.temporal(arguments));
  }

  /** A script of {@code interop/python}. */
  Program python(String script, String... arguments) throws IOException {
    return enter(Program.python(script, arguments));
  }

  /** A script of {@code interop/python} that stores in Google Cloud Storage. */
  Program pythonOnGcs(String script, String... arguments) throws IOException {
    return enter(Program.python(GcsBucket.IN_USE, script, arguments));
  }

  /** A program of {@code interop/typescript} that stores in Google Cloud Storage. */
  Program typeScriptOnGcs(String file, String... arguments) throws IOException {
    return enter(Program.typeScript(GcsBucket.IN_USE, file, arguments));
  }

  /** A program of {@code interop/typescript}. */
  Program typeScript(String file, String... arguments) throws IOException {
    return enter(Program.typeScript(file, arguments));
  }

  /** The program of {@code interop/go}. */
  Program go(String... arguments) throws IOException {
    return enter(Program.go(arguments));
  }

  /** {@link JavaProgram} on SDK 1.38, which has no storage of its own. */
  Program javaSdk138(String... arguments) throws IOException {
    return enter(Program.javaSdk138(arguments));
  }

  /** Closes a participant before the test ends. */
  void leave(Closeable leaving) throws IOException {
    entered.remove(leaving);
    leaving.close();
  }

  private <T extends Closeable> T enter(T entering) {
    entered.push(entering);
    return entering;
  }

  @Override
  public void close() throws IOException {
    while (!entered.isEmpty()) {
      entered.pop().close();
    }
  }
}
