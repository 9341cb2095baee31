package io.github.externalstorage.docs;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statuses of errors in the sources of the codec server. */
final class CodecServerStatuses {

  private static final Pattern STATUS =
      Pattern.compile("(?:HttpErrorException|CodecResponse\\.error)\\(\\s*([45]\\d\\d),");

  private CodecServerStatuses() {}

  static Set<String> inCode() {
    Set<String> statuses = new TreeSet<>();
    Repository.sources("temporal-external-storage-codec-http")
        .forEach(
            file -> {
              Matcher status = STATUS.matcher(Repository.read(file));
              while (status.find()) {
                statuses.add(status.group(1));
              }
            });
    return statuses;
  }
}
