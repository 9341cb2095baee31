package io.github.externalstorage.interop.springboot;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An application: workflows that deliver a parcel to an inbox. */
@SpringBootApplication
class Application {

  @Bean
  BlockingQueue<String> received() {
    return new LinkedBlockingQueue<>();
  }

  @Bean
  InboxActivities inbox(BlockingQueue<String> received) {
    return parcel -> {
      received.add(parcel);
      return parcel;
    };
  }
}
