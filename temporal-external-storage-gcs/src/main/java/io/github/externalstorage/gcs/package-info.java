/**
 * A storage driver for Google Cloud Storage. {@link
 * io.github.externalstorage.gcs.GcsStorageDriver.Builder} has everything to set it up.
 *
 * <p>It calls the JSON API with the JDK's HTTP client. Its only dependency besides the core module
 * is {@code google-auth-library-credentials}, 9 KB with the class {@link
 * com.google.auth.Credentials}. Beside {@code temporal-sdk} 1.39.0, {@code google-cloud-storage}
 * 2.78.0 would have added 62 jars with 36 MB and replaced the SDK's gRPC and protobuf by newer
 * ones; {@code google-api-services-storage}, which blocks, 16 jars with 3.3 MB.
 */
@NullMarked
package io.github.externalstorage.gcs;

import org.jspecify.annotations.NullMarked;
