package io.github.externalstorage.cli.lifecycle;

import io.github.externalstorage.lifecycle.PayloadLocation.Kind;

/** What payloads belong to, in the words of the commands. */
final class Kinds {

  private Kinds() {}

  static String plural(Kind kind) {
    return switch (kind) {
      case WORKFLOW -> "workflow runs";
      case SCHEDULE -> "schedules";
      case ACTIVITY -> "standalone activities";
      case NEXUS_OPERATION -> "standalone Nexus operations";
    };
  }
}
