package io.github.externalstorage.interop;

import java.io.Closeable;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.bidi.browser.DownloadBehavior;
import org.openqa.selenium.bidi.browser.SetDownloadBehaviorParameters;
import org.openqa.selenium.bidi.browsingcontext.DownloadCompleted;
import org.openqa.selenium.bidi.module.BrowsingContextInspector;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The system's headless Chromium with its own driver: nothing is downloaded. */
final class Browser implements Closeable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** This logger warns about newer browsers because of a protocol that is not used here. */
  private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

  private final ChromeDriver driver;

  Browser(Path downloads) {
    DEVTOOLS.setLevel(Level.OFF);
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(program("CHROMEDRIVER")))
                .build(),
            options());
    driver.manage().timeouts().implicitlyWait(TIMEOUT);
    new org.openqa.selenium.bidi.module.Browser(driver)
        .setDownloadBehavior(
            new SetDownloadBehaviorParameters(DownloadBehavior.allowed(downloads)));
  }

  private static ChromeOptions options() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("CHROMIUM"));
    options.enableBiDi();
    options.addArguments("--headless=new", "--hide-scrollbars", "--window-size=1280,1010");
    // Shared memory of containers is too small for it.
    options.addArguments("--disable-dev-shm-usage");
    if (System.getProperty("user.name").equals("root")) {
      options.addArguments("--no-sandbox");
    }
    return options;
  }

  private static String program(String variable) {
    return Objects.requireNonNull(
        System.getenv(variable),
        () -> variable + " is not set: interop/run reports at its start what to install");
  }

  void open(String url) {
    driver.get(url);
  }

  /** Waits until there is such an element. */
  WebElement find(String xpath) {
    return driver.findElement(By.xpath(xpath));
  }

  /** Waits until what this element starts has been downloaded. */
  Path download(WebElement element) throws Exception {
    CompletableFuture<Path> downloaded = new CompletableFuture<>();
    try (BrowsingContextInspector inspector = new BrowsingContextInspector(driver)) {
      inspector.onDownloadEnd(
          ended ->
              downloaded.complete(
                  Path.of(((DownloadCompleted) ended.getDownloadParams()).getFilepath())));
      element.click();
      return downloaded.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** A screenshot, as PNG. */
  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
