package io.github.externalstorage.s3;

import java.net.URI;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Kinds of clients that a user may configure. */
enum ClientKind {
  WITH_DEFAULTS {
    @Override
    S3AsyncClient create(URI endpoint) {
      return TestClients.plain(endpoint).build();
    }
  },

  OF_THIS_MODULE {
    @Override
    S3AsyncClient create(URI endpoint) {
      return TestClients.tuned(endpoint).build();
    }
  },

  MULTIPART {
    @Override
    S3AsyncClient create(URI endpoint) {
      return TestClients.plain(endpoint).multipartEnabled(true).build();
    }
  },

  ACROSS_REGIONS {
    @Override
    S3AsyncClient create(URI endpoint) {
      return TestClients.plain(endpoint).crossRegionAccessEnabled(true).build();
    }
  },

  WRAPPED {
    @Override
    S3AsyncClient create(URI endpoint) {
      return new DelegatingS3AsyncClient(TestClients.plain(endpoint).build()) {};
    }
  },

  WITH_AN_INTERCEPTOR_OF_ITS_OWN {
    @Override
    S3AsyncClient create(URI endpoint) {
      return TestClients.plain(endpoint)
          .overrideConfiguration(it -> it.addExecutionInterceptor(new Expecting()))
          .build();
    }
  };

  abstract S3AsyncClient create(URI endpoint);

  private static final class Expecting implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      return context.httpRequest().toBuilder().putHeader("Expect", "100-continue").build();
    }
  }
}
