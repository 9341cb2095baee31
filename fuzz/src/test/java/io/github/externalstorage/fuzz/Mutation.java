package io.github.externalstorage.fuzz;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Random;

/** Damages bytes in ways that are difficult for parsers: flipped, cut, doubled, spliced, nested, with wrong lengths. */
final class Mutation {

  private static final int MAX_CHANGES = 8;
  private static final int MAX_SIZE = 1 << 18;

  private static final List<ByteString> PIECES =
      List.of(
          ByteString.fromHex("ffffffff0f"),
          ByteString.fromHex("ffffffffffffffff7f"),
          ByteString.fromHex("00"),
          ByteString.fromHex("1f8b0800"),
          ByteString.fromHex("c080"),
          ByteString.fromHex("eda080"),
          ByteString.copyFromUtf8("{"),
          ByteString.copyFromUtf8("["),
          ByteString.copyFromUtf8("\""),
          ByteString.copyFromUtf8("\\"),
          ByteString.copyFromUtf8("\\ud800"),
          ByteString.copyFromUtf8(",null"),
          ByteString.copyFromUtf8("1e999"),
          ByteString.copyFromUtf8("-9223372036854775809"),
          ByteString.copyFromUtf8("../"),
          ByteString.copyFromUtf8("\r\n\r\n"),
          ByteString.copyFromUtf8("{\"payloads\":["));

  private final Random random;

  Mutation(Random random) {
    this.random = random;
  }

  ByteString of(ByteString data) {
    ByteString result = data;
    for (int changes = 1 + random.nextInt(MAX_CHANGES); changes > 0; changes--) {
      result = change(result);
    }
    return result.substring(0, Math.min(result.size(), MAX_SIZE));
  }

  /** Random bytes. */
  ByteString noise() {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private ByteString change(ByteString data) {
    int from = random.nextInt(data.size() + 1);
    int to = Math.min(data.size(), from + random.nextInt(32));
    ByteString head = data.substring(0, from);
    ByteString middle = data.substring(from, to);
    ByteString tail = data.substring(to);
    return switch (random.nextInt(8)) {
      case 0 -> head;
      case 1 -> head.concat(tail);
      case 2 -> head.concat(middle).concat(middle).concat(tail);
      case 3 -> head.concat(piece()).concat(middle).concat(tail);
      case 4 -> head.concat(piece()).concat(tail);
      case 5 -> head.concat(repeated()).concat(middle).concat(tail);
      default -> head.concat(flipped(middle)).concat(tail);
    };
  }

  private ByteString piece() {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private ByteString repeated() {
    ByteString result = ByteString.EMPTY;
    ByteString piece = piece();
    for (int times = random.nextInt(2000); times > 0; times--) {
      result = result.concat(piece);
    }
    return result;
  }

  private ByteString flipped(ByteString data) {
    byte[] bytes = data.toByteArray();
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return ByteString.copyFrom(bytes);
  }
}
