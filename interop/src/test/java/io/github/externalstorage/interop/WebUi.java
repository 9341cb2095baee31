package io.github.externalstorage.interop;

import java.nio.file.Path;
import org.openqa.selenium.WebElement;

/** Temporal's Web UI, navigated by its visible texts. */
record WebUi(Browser browser) {

  private static final String ADDRESS =
      Servers.environment("TEMPORAL_UI_ADDRESS") + "/namespaces/" + Servers.NAMESPACE;
  private static final String DIALOG = "//dialog[@open]";

  /** Configures the codec server as docs/codec-server.md says. */
  void setCodecServer(String url) {
    browser.open(ADDRESS + "/workflows");
    browser.find("//button[@aria-label='Configure Codec Server']").click();
    browser.find(DIALOG + "//label[contains(., 'Use my browser setting')]").click();
    browser.find(DIALOG + "//textarea").sendKeys(url);
    browser.find(DIALOG + "//button[not(@disabled)][normalize-space()='Apply']").click();
    browser.find("//button[starts-with(@aria-label, 'Codec Server ')]");
  }

  void openWorkflow(ProcessedBatch batch) {
    browser.open(address(batch) + "/timeline");
  }

  void openEvent(ProcessedBatch batch, long eventId) {
    browser.open(address(batch) + "/history/events/" + eventId);
  }

  private static String address(ProcessedBatch batch) {
    return "%s/workflows/%s/%s"
        .formatted(ADDRESS, batch.execution().getWorkflowId(), batch.execution().getRunId());
  }

  /** The input or result, once it is shown with these words in it. */
  String payload(String label, String words) {
    return browser
        .find("//*[@aria-label='%s'][contains(., '%s')]".formatted(label, words))
        .getText();
  }

  /** The text beside a label. */
  String detail(String label) {
    return browser
        .find("//*[normalize-space(text())='%s']/following-sibling::*[1]".formatted(label))
        .getText();
  }

  /** The button for a stored payload, which shows its size. */
  WebElement downloadButton(String size) {
    return browser.find("//button[normalize-space()='%s']".formatted(size));
  }

  Path download(String size) throws Exception {
    return browser.download(downloadButton(size));
  }
}
