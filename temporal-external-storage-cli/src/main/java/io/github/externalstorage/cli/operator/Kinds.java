package io.github.externalstorage.cli.operator;

import io.github.externalstorage.lifecycle.PayloadLocation.Kind;

/** What payloads belong to, in the words of the commands. */
public final class Kinds {

  private Kinds() {}

  public static String plural(Kind kind) {
    return switch (kind) {
      case WORKFLOW -> "workflow runs";
      case SCHEDULE -> "schedules";
      case ACTIVITY -> "standalone activities";
      case NEXUS_OPERATION -> "standalone Nexus operations";
    };
  }
}
