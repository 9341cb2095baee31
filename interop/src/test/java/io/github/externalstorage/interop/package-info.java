/** Live tests against a real Temporal server, a real S3 server and the Python SDK. */
@NullMarked
package io.github.externalstorage.interop;

import org.jspecify.annotations.NullMarked;
