package io.github.externalstorage.s3.internal.objects;

import com.google.common.base.Strings;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import io.github.externalstorage.s3.internal.requests.S3Requests;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists a page of objects. A response that lacks anything makes it fail, because another XML
 * document would otherwise look like an empty page.
 */
final class S3ObjectListing {

  private final S3Requests requests;
  private final S3Call call;
  private final ListObjectsRequest request;

  /**
   * @param call the listing
   */
  S3ObjectListing(S3Requests requests, S3Call call, ListObjectsRequest request) {
    this.requests = requests;
    this.call = call;
    this.request = request;
  }

  CompletableFuture<ObjectPage> start() {
    ListObjectsV2Request sent =
        ListObjectsV2Request.builder()
            .bucket(request.bucket())
            .prefix(Strings.emptyToNull(request.prefix()))
            .delimiter(Strings.emptyToNull(request.delimiter()))
            .continuationToken(Strings.emptyToNull(request.pageToken()))
            // Keys may have characters that XML has not. The AWS SDK decodes them.
            .encodingType(EncodingType.URL)
            .build();
    return Futures.map(
        requests.sendGuarded(call, (client, guard) -> client.listObjects(sent, guard)), this::page);
  }

  private ObjectPage page(ListObjectsV2Response response) {
    String next = Strings.nullToEmpty(response.nextContinuationToken());
    require(response.isTruncated() != null);
    if (response.isTruncated()) {
      require(!next.isEmpty() && !next.equals(request.pageToken()));
    }
    List<ListedObject> objects = response.contents().stream().map(this::object).toList();
    List<String> prefixes = response.commonPrefixes().stream().map(CommonPrefix::prefix).toList();
    for (String prefix : prefixes) {
      require(prefix != null && prefix.startsWith(request.prefix()));
    }
    return new ObjectPage(objects, prefixes, response.isTruncated() ? next : "");
  }

  private ListedObject object(S3Object object) {
    require(
        object.key() != null
            && object.key().startsWith(request.prefix())
            && object.size() != null
            && object.lastModified() != null
            && object.eTag() != null);
    return new ListedObject(
        object.key(), object.size(), object.lastModified(), S3ObjectVersion.plain(object.eTag()));
  }

  private void require(boolean isComplete) {
    if (!isComplete) {
      throw call.failure(S3Fault.UNREADABLE);
    }
  }
}
