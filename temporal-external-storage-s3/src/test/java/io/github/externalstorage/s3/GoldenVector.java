package io.github.externalstorage.s3;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.fixtures.GoldenJson;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A payload, with the object and the reference that the Python SDK created for it. */
public record GoldenVector(
    String name,
    Optional<StorageDriverTargetInfo> target,
    Payload payload,
    String bucket,
    String key,
    ByteString body,
    Payload reference) {

  static Stream<GoldenVector> all() {
    List<Value> cases =
        GoldenJson.load("s3-vectors.json").getFieldsOrThrow("cases").getListValue().getValuesList();
    return cases.stream().map(Value::getStructValue).map(GoldenVector::of);
  }

  private static GoldenVector of(Struct json) {
    Struct stored = GoldenJson.object(json, "stored");
    return new GoldenVector(
        GoldenJson.string(json, "case"),
        GoldenJson.target(json.getFieldsOrThrow("target")),
        GoldenJson.payload(GoldenJson.object(json, "payload")),
        GoldenJson.string(stored, "bucket"),
        GoldenJson.string(stored, "key"),
        GoldenJson.bytes(stored, "body_base64"),
        GoldenJson.payload(GoldenJson.object(json, "reference")));
  }

  @Override
  public String toString() {
    return name;
  }
}
