package io.github.externalstorage.docs;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The properties of the Spring Boot starter, from the metadata that its editors use. */
final class SpringSettings {

  private SpringSettings() {}

  static String toMarkdown() {
    JsonObject metadata =
        JsonParser.parseString(
                Repository.read(
                    Repository.ROOT.resolve(
                        "temporal-external-storage-spring-boot-starter/target/classes/META-INF/"
                            + "spring-configuration-metadata.json")))
            .getAsJsonObject();
    return "\n| Property | Type | Default | What it does |\n| --- | --- | --- | --- |\n"
        + StreamSupport.stream(metadata.getAsJsonArray("properties").spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .map(SpringSettings::row)
            .sorted()
            .collect(Collectors.joining());
  }

  private static String row(JsonObject property) {
    String name = property.get("name").getAsString();
    String description =
        Optional.ofNullable(property.get("description"))
            .map(JsonElement::getAsString)
            .orElseThrow(() -> new AssertionError(name + " has no description"))
            .replaceAll("\\s+", " ");
    Setting setting = Setting.parse(description);
    String defaultValue =
        Optional.ofNullable(property.get("defaultValue"))
            .map(value -> "`" + value.getAsString() + "`")
            .orElse(setting.defaultValue());
    return "| `%s` | `%s` | %s | %s |\n"
        .formatted(name, type(property.get("type").getAsString()), defaultValue, setting.meaning());
  }

  /** Without packages. */
  private static String type(String type) {
    return type.replaceAll("[a-z0-9.]+\\.(?=[A-Z])", "").replaceAll("^.*\\$", "");
  }
}
